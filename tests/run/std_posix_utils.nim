discard """
  output: '''
true
true true x
true
No such file or directory
true
'''
"""
import std/[os, posix, posix_utils, strutils]

echo posix_utils.uname().sysname.len > 0
let (path, f) = mkstemp("/tmp/midair-case-", ".txt")
f.write "x"
f.close
echo fileExists(path), " ", path.endsWith(".txt"), " ", readFile(path)
removeFile path
let dir = mkdtemp("/tmp/midair-case-")
echo dirExists(dir)
removeDir dir
try: discard posix_utils.stat("/not/there")
except OSError as e: echo e.msg
sendSignal(getpid(), 0)
echo posix_utils.stat("/etc/passwd").st_size > 0
