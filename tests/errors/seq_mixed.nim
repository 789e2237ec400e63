discard """
  errormsg: "type mismatch: got 'string' for '\"a\"' but expected 'int"
  line: 5
"""
let s = @[1, "a"]
