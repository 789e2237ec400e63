discard """
  errormsg: "type mismatch: got 'int literal(9)' for '9' but expected 'string'"
  line: 5
"""
var s:string = (1+2)*3
