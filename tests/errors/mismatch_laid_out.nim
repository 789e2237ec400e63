discard """
  errormsg: "type mismatch: got 'string' for 'y & \"b\"' but expected 'int'"
  line: 6
"""
let y = "a"
var x: int = y&"b"
