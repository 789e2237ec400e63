discard """
  output: '''
@["a.txt", "b.txt"]@["sub"]@["a.txt", "b.txt", "sub"]
@["a.txt", "b.txt", "sub/c.nim", "sub/deep/d.nim"]
@["sub", "sub/deep"]
5 pcFile 1 pcDir true
{fpUserWrite, fpUserRead, fpGroupRead}
{fpUserWrite, fpUserRead, fpOthersRead}
pcLinkToFile true false true
@["copy/a.txt", "copy/c.nim", "copy/deep/d.nim"]
1000 true
false truetruefalse truetruefalse
[a] true a/x <a> {a}
[a/b] false a/x <a/b> <a> {a/} {a/b} (a)
[/a] false x </a> </> {/} {/a} (/)
[/] true /x </> {/}
[] true x <> {}
[a/] true a/x <a/> {a/}
[../a] false ../x <../a> <..> {../} {../a} (..)
[a//b] false a/x <a//b> <a> {a/} {a//b} (a)
[/a/b/] false /a/x </a/b/> </a> </> {/} {/a/} {/a/b/} (/a) (/)
'''
"""
# What the system knows of files; patterns, links, permissions, whole directories and paths of parents.
import std/[os, times, algorithm, sequtils]

let dir = getTempDir() / "midair_case_files"
removeDir(dir)
createDir(dir / "sub" / "deep")
writeFile(dir / "a.txt", "hello")
writeFile(dir / "b.txt", "hello")
writeFile(dir / "sub" / "c.nim", "")
writeFile(dir / "sub" / "deep" / "d.nim", "")

proc names(paths: seq[string]): seq[string] = paths.mapIt(it.relativePath(dir)).sorted
echo names(toSeq(walkFiles(dir / "*.txt"))), names(toSeq(walkDirs(dir / "*"))), names(toSeq(walkPattern(dir / "*")))
echo names(toSeq(walkDirRec(dir)))
echo toSeq(walkDirRec(dir, yieldFilter = {pcDir}, relative = true)).sorted
let info = getFileInfo(dir / "a.txt")
echo info.size, " ", info.kind, " ", info.linkCount, " ", getFileInfo(dir).kind, " ", info.lastWriteTime <= getTime()
setFilePermissions(dir / "a.txt", {fpUserRead, fpUserWrite, fpGroupRead})
echo getFilePermissions(dir / "a.txt")
inclFilePermissions(dir / "a.txt", {fpOthersRead})
exclFilePermissions(dir / "a.txt", {fpGroupRead})
echo getFileInfo(dir / "a.txt").permissions
createSymlink(dir / "a.txt", dir / "link")
createHardlink(dir / "a.txt", dir / "hard")
echo getFileInfo(dir / "link", followSymlink = false).kind, " ", sameFile(dir / "a.txt", dir / "hard"), " ",
  sameFile(dir / "a.txt", dir / "b.txt"), " ", sameFileContent(dir / "a.txt", dir / "b.txt")
copyDir(dir / "sub", dir / "copy")
copyFileToDir(dir / "a.txt", dir / "copy")
echo names(toSeq(walkDirRec(dir / "copy")))
setLastModificationTime(dir / "b.txt", fromUnix(1000))
echo getLastModificationTime(dir / "b.txt").toUnix, " ", fileNewer(dir / "a.txt", dir / "b.txt")
removeDir(dir)
echo dirExists(dir), " ", isHidden(".x"), isHidden("a/.x"), isHidden("x"), " ", isValidFilename("a.txt"), isValidFilename("a/b"),
  isValidFilename("con")

for p in ["a", "a/b", "/a", "/", "", "a/", "../a", "a//b", "/a/b/"]:
  stdout.write "[", p, "] ", isRootDir(p), " ", p /../ "x"
  for q in parentDirs(p): stdout.write " <", q, ">"
  for q in parentDirs(p, fromRoot = true): stdout.write " {", q, "}"
  for q in parentDirs(p, inclusive = false): stdout.write " (", q, ")"
  echo ""
