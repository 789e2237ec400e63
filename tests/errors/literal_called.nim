discard """
  errormsg: "in expression '\"a\" 3': identifier expected, but found '\"a\"'"
  line: 5
"""
echo "a" 3
