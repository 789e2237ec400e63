discard """
  output: '''
putEnv("", "x") !! OSError: Invalid argument
Additional info: ("", "x")
putEnv("a=b", "x") !! OSError: Invalid argument
Additional info: ("a=b", "x")
delEnv("a=b") !! OSError: Invalid argument
Additional info: a=b
removeFile(d / "sub") !! OSError: Is a directory
Additional info: DIR/sub
ok: removeFile(d / "nope")
copyFile(d / "nope", d / "x") !! OSError: No such file or directory
Additional info: DIR/nope
moveFile(d / "nope", d / "x") !! OSError: No such file or directory
Additional info: ("DIR/nope", "DIR/x")
copyFile(d / "f", d / "sub" / "no" / "x") !! OSError: No such file or directory
Additional info: DIR/sub/no/x
createDir(d / "f" / "x") !! IOError: Failed to create 'DIR/f'
ok: createDir("")
removeDir(d / "nope", checkDir = true) !! OSError: No such file or directory
Additional info: DIR/nope
ok: removeDir(d / "nope")
setCurrentDir("/nope") !! OSError: No such file or directory
Additional info: /nope
writeFile(d / "no/x", "y") !! IOError: cannot open: DIR/no/x

discard open("/nope/x") !! IOError: cannot open: /nope/x

discard open(d / "nope", fmRead) !! IOError: cannot open: DIR/nope
createSymlink("/x", d / "f") !! OSError: File exists
Additional info: ("/x", "DIR/f")
createHardlink(d / "nope", d / "hl") !! OSError: No such file or directory
Additional info: ("DIR/nope", "DIR/hl")

discard expandSymlink(d / "f") !! OSError: Invalid argument
Additional info: DIR/f
ok: copyDir(d / "nope", d / "y")
moveDir(d / "nope", d / "y") !! OSError: No such file or directory
Additional info: ("DIR/nope", "DIR/y")
setFilePermissions(d / "nope", {fpUserRead}) !! OSError: No such file or directory
Additional info: ("DIR/nope", {fpUserRead})

discard getFilePermissions(d / "nope") !! OSError: No such file or directory
Additional info: DIR/nope

discard getLastModificationTime(d / "nope") !! OSError: No such file or directory
Additional info: DIR/nope
ok: copyFile(d / "f", d / "f2", {cfSymlinkAsIs})
copyFileToDir(d / "f", "") !! ValueError: dest is empty

discard startProcess("/nope/prog") !! OSError: No such file or directory
Additional info: Could not find command: '/nope/prog'. OS error: No such file or directory

discard startProcess("nopeprog", options = {poUsePath}) !! OSError: No such file or directory
Additional info: Could not find command: 'nopeprog'. OS error: No such file or directory
ok: 
discard execProcess("nopeprog 2>/dev/null")
raiseOSError(OSErrorCode(0), "nothing") !! OSError: Additional info: nothing

for x in lines("/nope"):
  echo x !! IOError: cannot open: /nope

discard readFile("/nope") !! IOError: cannot open: /nope
ok: sleep(0)
got in put
err
44falsetrue
a
b
true137false
No such process
137
27
(output: "\n/tmp\n", exitCode: 0)
a
b
0
'''
"""
# What the system refuses, and programs that are started.
import std/[os, osproc, strutils, logging, terminal, exitprocs, tempfiles, streams, sequtils]
let d = getTempDir() / "midair_os_errors" & $getCurrentProcessId()
template u(e: untyped) =
  try:
    e
    echo "ok: ", astToStr(e)
  except Exception as x: echo astToStr(e), " !! ", x.name, ": ", x.msg.replace(d, "DIR")
removeDir d
createDir d / "sub"
writeFile(d / "f", "x")
u putEnv("", "x")
u putEnv("a=b", "x")
u delEnv("a=b")
u removeFile(d / "sub")
u removeFile(d / "nope")
u copyFile(d / "nope", d / "x")
u moveFile(d / "nope", d / "x")
u copyFile(d / "f", d / "sub" / "no" / "x")
u createDir(d / "f" / "x")
u createDir("")
u removeDir(d / "nope", checkDir = true)
u removeDir(d / "nope")
u setCurrentDir("/nope")
u writeFile(d / "no/x", "y")
u (discard open("/nope/x"))
u (discard open(d / "nope", fmRead))
u createSymlink("/x", d / "f")
u createHardlink(d / "nope", d / "hl")
u (discard expandSymlink(d / "f"))
u copyDir(d / "nope", d / "y")
u moveDir(d / "nope", d / "y")
u setFilePermissions(d / "nope", {fpUserRead})
u (discard getFilePermissions(d / "nope"))
u (discard getLastModificationTime(d / "nope"))
u copyFile(d / "f", d / "f2", {cfSymlinkAsIs})
u copyFileToDir(d / "f", "")
u (discard startProcess("/nope/prog"))
u (discard startProcess("nopeprog", options = {poUsePath}))
u (discard execProcess("nopeprog 2>/dev/null"))
u raiseOSError(OSErrorCode(0), "nothing")
u (for x in lines("/nope"): echo x)
u (discard readFile("/nope"))
u sleep(0)
let p = startProcess("sh", args = ["-c", "read x; echo got $x; echo err >&2; exit 4"], options = {poUsePath})
p.inputStream.writeLine "in put"
p.inputStream.flush
echo p.outputStream.readLine
echo p.errorStream.readLine
echo p.waitForExit, p.peekExitCode, p.running, p.hasData
p.close
let q = startProcess("sh -c 'echo a; echo b'", options = {poEvalCommand, poStdErrToStdOut})
for l in q.lines: echo l
q.close
let k = startProcess("sleep", args = ["5"], options = {poUsePath})
echo k.running, k.waitForExit(50), k.running
try: k.terminate
except OSError as e: echo e.msg
echo k.waitForExit
echo execProcesses(["exit 1", "exit 2"], {poEvalCommand}), execCmd("exit 7")
echo execCmdEx("echo $PKV; pwd", env = nil, workingDir = "/tmp")
let (lines, code) = execCmdEx("printf 'a\\nb'")
echo lines, code
removeDir d
