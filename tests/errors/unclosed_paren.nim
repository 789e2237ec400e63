discard """
  errormsg: "')'"
  line: 6
"""
let x = (1 + 2
echo x
