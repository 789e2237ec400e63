discard """
  errormsg: "expected 'int literal(1)'"
  line: 5
"""
let a = [1, "b"]
