discard """
  errormsg: "type mismatch: got 'typeof(nil)' for 'nil' but expected 'int'"
  line: 5
"""
var x: int = nil
