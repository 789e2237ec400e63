discard """
  errormsg: "no symbol to borrow from found"
  line: 6
"""
type Arr = distinct seq[int]
proc `[]`(a: Arr, i: int): int {.borrow.}
