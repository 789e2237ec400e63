discard """
  errormsg: "type mismatch: got <float64>"
  line: 5
"""
echo high(3.5)
