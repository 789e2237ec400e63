discard """
  errormsg: "invalid type: 'None' for let"
  line: 8
"""
# Nothing says which routine of the name is meant.
proc f(x: int): int = x
iterator f(x: string): char = yield x[0]
let g = f
