discard """
  errormsg: "division by zero"
  line: 6
"""
const zero = 0
const x = 10 div zero
echo x
