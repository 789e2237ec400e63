discard """
  errormsg: "invalid indentation, maybe you forgot a '='"
  line: 6
"""
proc f()
  echo "x"
