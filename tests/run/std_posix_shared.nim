discard """
  output: '''
truetrue
0 14truefalsetrue
-1 true No such file or directory
3@['o', 'n', 'e']
14
0
0
33@['h', 'i', '!']
0true
144 16 56 16 8 280 390
70 2 0
3truetrue9
one
two
three
14
3one
3two
5three
16
X1false
7true5
none
a10true
false
4
'''
"""
# The C library, files as memory, and tables and lists that threads share.
import std/[posix, memfiles, sharedtables, sharedlist, os, streams, strutils]
from std/times import nil
echo getpid() > 0, getppid() > 0
var st: Stat
let dir = getTempDir() / "m2_case"
createDir dir
let path = dir / "a.txt"
writeFile(path, "one\ntwo\r\nthree")
echo stat(path.cstring, st), " ", st.st_size, S_ISREG(st.st_mode), S_ISDIR(st.st_mode), (st.st_mode.int and 0o777) != 0
echo stat("/nonexistent/x".cstring, st), " ", errno == ENOENT, " ", strerror(ENOENT)
let fd = posix.open(path.cstring, O_RDONLY)
var buf: array[8, char]
echo read(fd, addr buf, 3), buf[0..2]
echo lseek(fd, 0, SEEK_END)
echo close(fd)
var p: array[0..1, cint]
echo pipe(p)
var msg = "hi!"
echo write(p[1], addr msg[0], 3), read(p[0], addr buf, 8), buf[0..2]
var ts: Timespec
echo clock_gettime(CLOCK_MONOTONIC, ts), ts.tv_nsec >= 0
echo sizeof(Stat), " ", sizeof(Timespec), " ", sizeof(Tm), " ", sizeof(Timeval), " ", sizeof(TPollfd), " ", sizeof(Dirent), " ", sizeof(Utsname)
var t: posix.Time
discard time(t)
var tm: Tm
var zero = posix.Time(86400)
discard gmtime_r(zero, tm)
echo tm.tm_year, " ", tm.tm_mday, " ", tm.tm_hour
echo WEXITSTATUS(0x300), WIFEXITED(0x300), WIFSIGNALED(9), WTERMSIG(9)
var m = memfiles.open(path)
for l in lines(m): echo l
echo m.size
for s in memSlices(m): echo s.size, $s
m.close()
var w = memfiles.open(dir / "b.bin", fmReadWrite, newFileSize = 8, allowRemap = true)
cast[ptr char](w.mem)[] = 'X'
w.flush()
w.resize(16)
echo w.size
w.close()
let s = newMemMapFileStream(dir / "b.bin")
echo s.readChar, s.getPosition, s.atEnd
s.close()
removeDir dir
var sh: SharedTable[string, int]
init sh
sh["a"] = 1
sh.mget("a") += 4
echo sh.mgetOrPut("b", 7), sh.hasKeyOrPut("a", 3), sh.mget("a")
sh.withValue("a", v): v[] = 10
do: echo "none"
sh.withValue("zz", v): echo "?"
do: echo "none"
sh.withKey("a") do (k: string, v: var int, exists: var bool):
  echo k, v, exists
  exists = false
echo sh.hasKeyOrPut("a", 3)
deinitSharedTable sh
var li: SharedList[int]
init li
for i in 1..4: li.add i
li.iterAndMutate(proc (x: int): bool = x mod 2 == 0)
var sum = 0
for x in li: sum += x
echo sum
deinitSharedList li
