discard """
  errormsg: "invalid indentation"
  line: 7
"""
proc f() =
  echo "a"
    echo "b"
