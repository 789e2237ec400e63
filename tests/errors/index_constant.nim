discard """
  errormsg: "index out of bounds, the container is empty"
  line: 7
"""
const x = block:
  var s: seq[int]
  s[3]
echo x
