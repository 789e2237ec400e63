## Paths without what says nothing: `.`, `x/..` and double separators.

import std/private/pathparts
export pathparts

proc normalizePath*(path: string, dirSep = '/'): string =
  ## The path without what says nothing.
  var state = 0
  addNormalizePath(path, result, state, dirSep)
