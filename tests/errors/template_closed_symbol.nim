discard """
  errormsg: "type mismatch: got <A>"
  line: 10
"""
# The same goes for a name in a template.
type A = object
proc describe(x: int): string = "int"
template show(x: untyped): string = describe(x)
proc describe(x: A): string = "A"
echo show(A())
