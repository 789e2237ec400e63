discard """
  errormsg: "invalid pragma: floatChecks: on"
  line: 5
"""
proc ratio(a, b: float): float {.floatChecks: on.} = a / b
echo ratio(1, 2)
