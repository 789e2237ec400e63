## Files and directories that nobody else uses.

import std/[os, random]

proc randomName(prefix, suffix: string): string =
  const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
  var state {.global.} = initRand()
  result = prefix
  for _ in 1 .. 8: result.add(letters[state.rand(letters.high)])
  result.add(suffix)

proc genTempPath*(prefix, suffix: string, dir = ""): string =
  ## A path in `dir`, or in the directory for temporary files, that is not taken yet.
  while true:
    result = (if dir.len == 0: getTempDir() else: dir) / randomName(prefix, suffix)
    if not fileExists(result) and not dirExists(result): return

proc createTempFile*(prefix, suffix: string, dir = ""): tuple[cfile: File, path: string] =
  ## A new file, open for reading and writing.
  result.path = genTempPath(prefix, suffix, dir)
  if not open(result.cfile, result.path, fmReadWrite): raiseOSError(osLastError(), result.path)

proc createTempDir*(prefix, suffix: string, dir = ""): string =
  ## A new directory.
  result = genTempPath(prefix, suffix, dir)
  # The directory that it is in has to be there.
  if existsOrCreateDir(result): raiseOSError(OSErrorCode(17), result)
