type
  E = enum c, z, b, a, d
  S = range[c..d]
  F = enum x, y, z
var
  r: range[c..b] = c
  st: set[S] = {S(c)}
  names: array[range[c..a], string] = ["C", "Z", "B", "A"]
  arr: array[c..b, int] = [8, 0, 7]
  whole: array[E, int] = [3, 0, 2, 1, 4]
proc show*() = echo r, " ", st, " ", names, " ", arr, " ", whole
