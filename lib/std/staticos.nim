## Files and directories, at compile time.

import std/os
export PathComponent

proc staticFileExists*(filename: string): bool {.compileTime.} = fileExists(filename)
  ## Is there such a file, not a directory?
proc staticDirExists*(dir: string): bool {.compileTime.} = dirExists(dir)
  ## Is there such a directory?
proc staticWalkDir*(dir: string, relative = false): seq[tuple[kind: PathComponent, path: string]] {.compileTime.} =
  ## What is in a directory.
  for kind, path in walkDir(dir, relative): result.add (kind, path)
