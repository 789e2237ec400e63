discard """
  errormsg: "the overloaded () operator has to be enabled with {.experimental: \"callOperator\".}"
  line: 5
"""
proc `()`(a: int, b: int): int = a + b
var x = 1
echo x(2)
