discard """
  output: '''
truetruefalse
true 12 12
hello
world
pcFile
pcDir
2
2
false
OSError
IOError
false
'''
"""
import std/os
let dir = getTempDir() / "midair_case_os_files"
removeDir(dir)
createDir(dir / "in" / "deep")
echo dirExists(dir), dirExists(dir / "in" / "deep"), fileExists(dir)
writeFile(dir / "a.txt", "hello\nworld\n")
echo fileExists(dir / "a.txt"), " ", getFileSize(dir / "a.txt"), " ", readFile(dir / "a.txt").len
copyFile(dir / "a.txt", dir / "b.txt")
moveFile(dir / "b.txt", dir / "in" / "c.txt")
for l in lines(dir / "in" / "c.txt"): echo l
var n = 0
for kind, path in walkDir(dir, relative = true):
  inc n
  if path == "a.txt": echo kind
  if path == "in": echo kind
echo n
var found = 0
for f in walkDirRec(dir): inc found
echo found
removeFile(dir / "a.txt")
removeFile(dir / "never there")
echo fileExists(dir / "a.txt")
try:
  discard getFileSize(dir / "nope")
except OSError:
  echo "OSError"
try:
  discard readFile(dir / "nope")
except IOError:
  echo "IOError"
removeDir(dir)
echo dirExists(dir)
