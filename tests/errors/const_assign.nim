discard """
  errormsg: "'5' cannot be assigned to"
  line: 6
"""
const c = 5
c = 6
