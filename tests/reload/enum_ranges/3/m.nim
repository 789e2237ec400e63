type
  E = enum c, z, b, a, d
  S = range[c..d]
  F = enum x, y, z
var
  r: E = z
  st: set[S] = {S(c)}
  names: array[range[c..a], string] = ["C", "Z", "B", "A"]
  arr: array[c..b, int] = [8, 0, 7]
  whole: array[F, int] = [3, 0, 2]
proc show*() = echo r, " ", st, " ", names, " ", arr, " ", whole
