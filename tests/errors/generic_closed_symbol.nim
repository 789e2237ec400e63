discard """
  errormsg: "type mismatch: got <A>"
  line: 8
"""
# What is declared behind a generic routine is no overload of a name that had one meaning there.
type A = object
proc describe(x: int): string = "int"
proc show[T](x: T): string = describe(x)
proc describe(x: A): string = "A"
echo show(1)
echo show(A())
