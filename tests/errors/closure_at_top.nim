discard """
  errormsg: "'.closure' calling convention for top level routines is invalid"
  line: 6
"""
# There is nothing around a routine of the top level that it could capture.
proc twice(x: int): int {.closure.} = x * 2
echo twice(2)
