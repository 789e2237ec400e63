discard """
  output: '''
a/b/c.txt x/y b a/b/c
(dir: "/home/me", name: "file.tar", ext: ".gz") (dir: "", name: "noext", ext: "") (head: "a/b", tail: "c") (dir: "", name: ".hidden", ext: "")
b.c b /a a/b []
a.nim a.nim a.b a.c
truefalse ../b/c /...
'''
"""
import std/os
echo "a" / "b" / "c.txt", " ", joinPath("x/", "/y"), " ", "a/../b".normalizedPath, " ", joinPath("a", "b", "c")
echo splitFile("/home/me/file.tar.gz"), " ", splitFile("noext"), " ", splitPath("a/b/c"), " ", splitFile(".hidden")
echo extractFilename("a/b.c"), " ", lastPathPart("a/b/"), " ", parentDir("/a/b"), " ", parentDir("a/b/c.txt"), " [", parentDir("/"), "]"
echo changeFileExt("a.txt", "nim"), " ", changeFileExt("a", ".nim"), " ", addFileExt("a.b", "c"), " ", addFileExt("a", "c")
echo isAbsolute("/a"), isAbsolute("a"), " ", relativePath("/a/b/c", "/a/d"), " ", DirSep, ParDir, CurDir
