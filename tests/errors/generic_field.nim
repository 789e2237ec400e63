discard """
  errormsg: "undeclared field: 'foo' for type system.int"
  line: 5
"""
proc f[T](x: T): T = x.foo
echo f(1)
