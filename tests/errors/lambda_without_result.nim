discard """
  errormsg: "expression 'x * 2' is of type 'int' and has to be used (or discarded)"
  line: 7
"""
# An anonymous proc has the result that it says; an expression is shown as Nim lays it out.
proc app(f: proc (x: int): int): int = f(3)
echo app(proc (x: int) = x*2)
