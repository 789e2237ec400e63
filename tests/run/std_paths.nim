discard """
  disabled: "nim"
  output: '''
true false true true
true true
@["pcDir a", "pcFile pipe", "pcFile x.txt", "pcLinkToFile link"]
@["pcDir a", "pcFile x.txt", "pcLinkToFile link"]
@["a/z.txt", "x.txt"]
true true false
false
/a b .c b
b/c true true false
b/c/d b/c/d/e /x a/b b/c
a/b/c
a/b
a
true true a.y a.y r r ../b true /r/x true
/..:
v true
false @["a", "b c", "d"] 0 @[]
No such file or directory
Additional info: /not/there 2
No such file or directory
since
true false 0
1.5 (x: 1, y: "a")
'''
"""
# Modules of Nim 2: paths as a type, and what `std/os` consists of.
import std/[algorithm, appdirs, cmdline, dirs, envvars, files, formatfloat, objectdollar, oserrors, paths, staticos, symlinks, sysatomics]
import std/private/since
from std/os import nil

let root = Path(os.getTempDir()) / Path"midair_paths_case"
removeDir(root)
createDir(root / Path"a" / Path"b")
writeFile(string(root / Path"x.txt"), "hello")
echo fileExists(root / Path"x.txt"), " ", fileExists(root), " ", dirExists(root / Path"a"), " ", existsOrCreateDir(root / Path"a")
copyFile(root / Path"x.txt", root / Path"a/y.txt")
moveFile(root / Path"a/y.txt", root / Path"a/z.txt")
createSymlink(root / Path"x.txt", root / Path"link")
echo symlinkExists(root / Path"link"), " ", expandSymlink(root / Path"link") == root / Path"x.txt"
discard os.execShellCmd("mkfifo " & string(root / Path"pipe"))

proc listed(skipSpecial: bool): seq[string] =
  for kind, path in walkDir(root, relative = true, skipSpecial = skipSpecial): result.add $kind & " " & $path
  result.sort
echo listed(false)
echo listed(true)
var all: seq[string]
for path in walkDirRec(root, relative = true, skipSpecial = true): all.add $path
echo all.sorted
removeFile(root / Path"x.txt")
echo tryRemoveFile(root / Path"x.txt"), " ", symlinkExists(root / Path"link"), " ", fileExists(root / Path"link")
removeDir(root)
echo dirExists(root)

let (dir, name, ext) = splitFile(Path"/a/b.c")
echo dir, " ", name, " ", ext, " ", splitPath(Path"/a/b").tail
var p = Path"a/../b/./c/"
p.normalizePath
echo p, " ", p == Path"b//c", " ", hash(p) == hash(Path"b/./c"), " ", p == Path"b/d"
p.add Path"d"
echo p, " ", p / Path"e", " ", parentDir(Path"/x/y"), " ", Path"a" /../ Path"b", " ", tailDir(Path"a/b/c")
for d in parentDirs(Path"a/b/c"): echo d
echo isAbsolute(Path"/a"), " ", isRootDir(Path"/"), " ", changeFileExt(Path"a.x", "y"), " ", addFileExt(Path"a", ".y"), " ",
  extractFilename(Path"q/r"), " ", lastPathPart(Path"q/r/"), " ", relativePath(Path"/a/b", Path"/a/c"), " ",
  isRelativeTo(Path"/a/b", Path"/a"), " ", absolutePath(Path"x", Path"/r"), " ", expandTilde(Path"~") == getHomeDir()
echo DirSep, ParDir, PathSep

putEnv("MIDAIR_CASE", "v")
echo getEnv("MIDAIR_CASE"), " ", existsEnv("MIDAIR_CASE")
delEnv("MIDAIR_CASE")
echo existsEnv("MIDAIR_CASE"), " ", parseCmdLine("a 'b c' d"), " ", paramCount(), " ", commandLineParams()
try: setCurrentDir(Path"/not/there")
except OSError as e: echo e.msg, " ", e.errorCode
echo osErrorMsg(OSErrorCode(2))
since (1, 5): echo "since"
since (99, 0, 1): echo "never"
const (there, none) = (staticDirExists("/"), staticFileExists("/not/there"))
echo there, " ", none, " ", staticWalkDir("/not/there").len
var s = ""
s.addFloat(1.5)
echo s, " ", $(x: 1, y: "a")
