discard """
  errormsg: "undeclared identifier: 'nothere'"
  line: 6
"""
let x = 1
echo nothere
