discard """
  errormsg: "interpretation requires too many iterations"
  line: 6
"""
proc loop(): int =
  while true: inc result
const x = loop()
echo x
