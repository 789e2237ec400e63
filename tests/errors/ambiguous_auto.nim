discard """
  errormsg: "ambiguous call; both"
  line: 8
"""
# `auto` takes no less than a constrained parameter, which is compared without its constraint.
proc f[T: SomeInteger](x: T): string = "int"
proc f(x: auto): string = "auto"
echo f(1)
