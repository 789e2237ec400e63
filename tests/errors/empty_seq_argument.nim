discard """
  errormsg: "type mismatch: got <seq[empty]>"
  line: 5
"""
echo @[]
