discard """
  output: '''
-1 60
10 6 0 13
0
0true
true 256 16 a.txt
true 8 16 a.txt
true 512 16 a.txt
-1
true1
50
256
'''
"""
# Terminals, pipes, inotify, the load, and arrays of a length that is known late.
import std/[termios, linux, inotify, cpuload, rtarrays, posix, os]
var t: Termios
echo tcGetAttr(0, addr t), " ", sizeof(Termios)
echo (ICANON or ECHO), " ", VMIN, " ", TCSANOW, " ", B9600
echo t.c_lflag and not (ECHO or ICANON)
var p: array[2, cint]
echo pipe2(p, O_CLOEXEC), p[0] > 0
let fd = inotify_init()
let dir = getTempDir() / "inot" & $getpid()
createDir dir
let w = inotify_add_watch(fd, dir, IN_CREATE or IN_DELETE or IN_CLOSE_WRITE)
writeFile(dir / "a.txt", "x")
removeFile(dir / "a.txt")
var buf = newSeq[byte](4096)
let n = read(fd, addr buf[0], 4096)
for e in inotify_events(addr buf[0], n):
  echo e.wd == w, " ", e.mask, " ", e.len, " ", $cast[cstring](addr e.name)
removeDir dir
echo inotify_rm_watch(fd, w)
var s: ThreadPoolState
echo s.advice in {doNothing..doShutdownThread}, s.calls
var r = initRtArray[int](12)
let d = r.getRawData
d[11] = 5
echo d[11], d[0]
echo CLONE_VM
