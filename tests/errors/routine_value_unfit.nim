discard """
  errormsg: "type mismatch: got 'None' for 'f' but expected 'proc (x: float): float{.closure.}'"
  line: 9
"""
# None of the routines of the name has the wanted type.
proc f(x: int): int = x
proc f(x: string): string = x
let known: proc (x: string): string = f
var unknown: proc (x: float): float = f
