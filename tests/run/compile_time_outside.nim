discard """
  output: '''
true (true, false, false, false) ("default", false, "") (true, true)
@["compile_time_outside.nim", "system_atomics.nim"]
there
now true
'''
"""
# The environment and the file system while the compiler evaluates.
import std/[algorithm, os, sequtils]

const
  here = currentSourcePath().parentDir
  me = fileExists(currentSourcePath())
  folder = (dirExists(here), dirExists(here / "not there"), fileExists(here), fileExists(here / "not there"))
  nobody = (getEnv("MIDAIR_NOT_SET", "default"), existsEnv("MIDAIR_NOT_SET"), getEnv("MIDAIR_NOT_SET"))
  somebody = (getEnv("PATH").len > 0, existsEnv("PATH"))
echo me, " ", folder, " ", nobody, " ", somebody

proc found(): seq[string] {.compileTime.} =
  for kind, path in walkDir(here, relative = true):
    if kind == pcFile and path in ["compile_time_outside.nim", "system_atomics.nim"]: result.add path
const names = found().sorted
echo names

when fileExists(here / "compile_time_outside.nim"): echo "there"
static:
  doAssert toSeq(walkDir(here / "not there")).len == 0
  doAssert getEnv("PATH") == getEnv("PATH", "x")
# The program itself asks the system.
putEnv("MIDAIR_NOT_SET", "now")
echo getEnv("MIDAIR_NOT_SET"), " ", fileExists(here / "compile_time_outside.nim")
