discard """
  errormsg: "attempting to call routine: 'O'"
  line: 7
"""
type O = object
  a, b: int
let o = O(1, 2)
