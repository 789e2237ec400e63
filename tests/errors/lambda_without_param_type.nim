discard """
  errormsg: "parameter 'x' requires a type"
  line: 6
"""
proc app(f: proc (x: int): int): int = f(3)
echo app(proc (x) = x*2)
