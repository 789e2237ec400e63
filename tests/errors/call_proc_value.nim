discard """
  errormsg: "type mismatch: got <int literal(1), int literal(2)>"
  line: 7
"""
let f = proc (x: int): int = x
echo f(1)
echo f(1, 2)
