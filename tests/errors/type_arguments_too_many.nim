discard """
  errormsg: "cannot instantiate: 'f[int, string]'; got 2 typeof(s) but expected 1"
  line: 6
"""
proc f[T](x: T): T = x
discard f[int, string](3)
