discard """
  errormsg: "duplicate case label"
  line: 7
"""
case "a"
of "a": echo 1
of "a": echo 2
else: discard
