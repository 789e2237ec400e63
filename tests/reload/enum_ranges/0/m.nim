type
  E = enum a, b, c, d
  S = range[b..d]
  F = enum x, y, z
var
  r: range[b..c] = c
  st: set[S] = {S(c)}
  names: array[range[a..c], string] = ["A", "B", "C"]
  arr: array[b..c, int] = [7, 8]
  whole: array[E, int] = [1, 2, 3, 4]
proc show*() = echo r, " ", st, " ", names, " ", arr, " ", whole
