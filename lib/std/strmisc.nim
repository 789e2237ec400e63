## Seldom used operations on strings.

import std/strutils

func expandTabs*(s: string, tabSize: int = 8): string =
  ## `s` with spaces up to the next multiple of `tabSize` for each tab.
  var column = 0
  for c in s:
    case c
    of '\t':
      let n = if tabSize <= 0: 0 else: tabSize - column mod tabSize
      for _ in 1 .. n: result.add(' ')
      column += n
    of '\l':
      result.add(c)
      column = 0
    else:
      result.add(c)
      inc column

func partition*(s: string, sep: string, right: bool = false): (string, string, string) =
  ## What stands before the first `sep`, or the last when `right` is set, `sep` itself, and what stands behind it.
  let at = if right: rfind(s, sep) else: find(s, sep)
  if at >= 0: (substr(s, 0, at - 1), sep, substr(s, at + sep.len))
  elif right: ("", "", s)
  else: (s, "", "")

func rpartition*(s: string, sep: string): (string, string, string) = partition(s, sep, right = true)
  ## The same at the last `sep`.
