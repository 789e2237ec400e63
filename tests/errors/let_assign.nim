discard """
  errormsg: "'x' cannot be assigned to"
  line: 6
"""
let x = 1
x = 2
