discard """
  errormsg: "invalid type: 'typeof(nil)' for let"
  line: 5
"""
let x = nil
