## How different two strings are.

import std/unicode

proc distance[T](a, b: openArray[T]): int =
  # Levenshtein's, a row at a time.
  var row = newSeq[int](b.len + 1)
  for j in 0 .. b.len: row[j] = j
  for i in 1 .. a.len:
    var diagonal = row[0]
    row[0] = i
    for j in 1 .. b.len:
      let above = row[j]
      row[j] = min(min(row[j] + 1, row[j - 1] + 1), diagonal + ord(a[i - 1] != b[j - 1]))
      diagonal = above
  row[b.len]

proc editDistance*(a, b: string): int = distance(toRunes(a), toRunes(b))
  ## How many runes have to be put in, taken out or replaced.
proc editDistanceAscii*(a, b: string): int = distance(a, b)
  ## How many bytes have to be put in, taken out or replaced.
