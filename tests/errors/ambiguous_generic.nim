discard """
  errormsg: "ambiguous call; both ambiguous_generic.a(x: T, y: string) [proc declared in "
  line: 7
"""
proc a[T](x: T, y: string) = discard
proc a[T](x: string, y: T) = discard
a("x", "y")
