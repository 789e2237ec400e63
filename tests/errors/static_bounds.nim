discard """
  errormsg: "index 7 not in 0 .. 2"
  line: 6
"""
const list = @[1, 2, 3]
const x = list[7]
echo x
