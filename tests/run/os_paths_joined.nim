discard """
  output: '''
   z /
 b b b/z /b
 /b /b /b/z /b
 b/ b/ b/z /b
 .. .. ../z /..
 ../c ../c ../c/z /../c
 . . ./z /
 / / /z /
 ./d d d/z /d
 ../../e ../../e ../../e/z /../../e
|(head: "", tail: "")||||||true

a  a a/z a
a b a/b a/b/z a/b
a /b a/b a/b/z a/b
a b/ a/b/ a/b/z a/b
a .. . ./z .
a ../c c c/z c
a . a a/z a
a / a/ a/z a
a ./d a/d a/d/z a/d
a ../../e ../e ../e/z ../e
.|(head: "", tail: "a")||a|a|a|a/|true
a
a/  a/ a/z a
a/ b a/b a/b/z a/b
a/ /b a/b a/b/z a/b
a/ b/ a/b/ a/b/z a/b
a/ .. . ./z .
a/ ../c c c/z c
a/ . a a/z a
a/ / a/ a/z a
a/ ./d a/d a/d/z a/d
a/ ../../e ../e ../e/z ../e
.|(head: "a", tail: "")||a||a|a/|true
a/
/  / /z /
/ b /b /b/z /b
/ /b /b /b/z /b
/ b/ /b/ /b/z /b
/ .. /.. /../z /..
/ ../c /../c /../c/z /../c
/ . / /z /
/ / / /z /
/ ./d /d /d/z /d
/ ../../e /../../e /../../e/z /../../e
|(head: "/", tail: "")||||/|/|true
/
.  . ./z .
. b ./b ./b/z b
. /b ./b ./b/z b
. b/ ./b/ ./b/z b
. .. ./.. ./../z ..
. ../c ./../c ./../c/z ../c
. . . ./z .
. / ./ ./z .
. ./d ./d ./d/z d
. ../../e ./../../e ./../../e/z ../../e
|(head: "", tail: ".")||.|.|.|./|true
.
..  .. ../z ..
.. b ../b ../b/z ../b
.. /b ../b ../b/z ../b
.. b/ ../b/ ../b/z ../b
.. .. ../.. ../../z ../..
.. ../c ../../c ../../c/z ../../c
.. . .. ../z ..
.. / ../ ../z ..
.. ./d ../d ../d/z ../d
.. ../../e ../../../e ../../../e/z ../../../e
|(head: "", tail: "..")||..|..|..|../|true
..
/..  /.. /../z /..
/.. b /../b /../b/z /../b
/.. /b /../b /../b/z /../b
/.. b/ /../b/ /../b/z /../b
/.. .. /../.. /../../z /../..
/.. ../c /../../c /../../c/z /../../c
/.. . /.. /../z /..
/.. / /../ /../z /..
/.. ./d /../d /../d/z /../d
/.. ../../e /../../../e /../../../e/z /../../../e
/|(head: "/", tail: "..")|..|..|..|/..|/../|false
/..
/
a/..  . ./z .
a/.. b ./b ./b/z b
a/.. /b ./b ./b/z b
a/.. b/ ./b/ ./b/z b
a/.. .. ./.. ./../z ..
a/.. ../c ./../c ./../c/z ../c
a/.. . . ./z .
a/.. / ./ ./z .
a/.. ./d ./d ./d/z d
a/.. ../../e ./../../e ./../../e/z ../../e
|(head: "a", tail: "..")|..|..|..|a/..|a/../|false
a/..

../a  ../a ../a/z ../a
../a b ../a/b ../a/b/z ../a/b
../a /b ../a/b ../a/b/z ../a/b
../a b/ ../a/b/ ../a/b/z ../a/b
../a .. .. ../z ..
../a ../c ../c ../c/z ../c
../a . ../a ../a/z ../a
../a / ../a/ ../a/z ../a
../a ./d ../a/d ../a/d/z ../a/d
../a ../../e ../../e ../../e/z ../../e
..|(head: "..", tail: "a")|a|a|a|../a|../a/|false
../a
..
a/b/  a/b/ a/b/z a/b
a/b/ b a/b/b a/b/b/z a/b/b
a/b/ /b a/b/b a/b/b/z a/b/b
a/b/ b/ a/b/b/ a/b/b/z a/b/b
a/b/ .. a a/z a
a/b/ ../c a/c a/c/z a/c
a/b/ . a/b a/b/z a/b
a/b/ / a/b/ a/b/z a/b
a/b/ ./d a/b/d a/b/d/z a/b/d
a/b/ ../../e e e/z e
a|(head: "a/b", tail: "")|b/|b||a/b|a/b/|false
a/b/
a
a./../b
b../a..
/r/x/r/x/y
'''
"""
# Paths that are joined and taken apart.
import os
for a in ["", "a", "a/", "/", ".", "..", "/..", "a/..", "../a", "a/b/"]:
  for b in ["", "b", "/b", "b/", "..", "../c", ".", "/", "./d", "../../e"]:
    echo a, " ", b, " ", a / b, " ", joinPath(a, b, "z"), " ", normalizedPath(a & "/" & b)
  echo parentDir(a), "|", a.splitPath, "|", a.tailDir, "|", a.lastPathPart, "|", a.extractFilename, "|", normalizePathEnd(a), "|", normalizePathEnd(a, true), "|", isRootDir(a)
  for p in a.parentDirs: echo p
echo joinPath("a"), joinPath(), joinPath("a", "..", "..", "b")
echo relativePath("/a/b", "/a"), relativePath("a", "b"), relativePath("/x/../a", "/a/b")
echo absolutePath("x", "/r"), absolutePath("../x", "/r/s"), absolutePath("/y", "/r")
