discard """
  errormsg: "type mismatch: got 'string' for '\"b\"' but expected 'int"
  line: 7
"""
let x = case 1
  of 1: 2
  else: "b"
