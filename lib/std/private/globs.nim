## Directory trees with a filter for what is entered.

import std/os

type PathEntry* = object
  ## What was found.
  kind*: PathComponent
  path*: string

iterator walkDirRecFilter*(dir: string, follow: proc (entry: PathEntry): bool = nil, relative = false,
    checkDir = true): PathEntry =
  ## All that is under `dir`; directories for which `follow` is false are found but not entered.
  var
    waiting = @["."]
    check = checkDir
  while waiting.len > 0:
    let part = waiting.pop
    for kind, name in walkDir(dir / part, relative = true, checkDir = check):
      let inside = part / name
      let entry = PathEntry(kind: kind, path: if relative: inside else: dir / inside)
      if kind in {pcDir, pcLinkToDir} and (follow == nil or follow(entry)): waiting.add inside
      yield entry
    check = false

proc nativeToUnixPath*(path: string): string = path
  ## The path with slashes, as it is here.
