discard """
  errormsg: "cannot instantiate T"
  line: 7
"""
type T[N: static int] = object
  a: array[N, int]
var t: T["a"]
