discard """
  errormsg: "type mismatch: got <A>"
  line: 9
"""
type A = object
proc describe(x: int): string = "int"
proc describe(x: string): string = "string"
proc show[T](x: T): string =
  bind describe; describe(x)
proc describe(x: A): string = "A"
echo show("a")
echo show(A())
