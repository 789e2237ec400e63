discard """
  errormsg: "type mismatch: got <string>"
  line: 5
"""
echo ord("a")
