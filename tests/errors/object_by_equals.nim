discard """
  errormsg: "object construction uses ':', not '='"
  line: 7
"""
type O = ref object
  a: int
let o = O(a = 1)
