discard """
  errormsg: "attempting to call routine: 'x'"
  line: 6
"""
let x = 3
echo x()
