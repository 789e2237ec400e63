discard """
  errormsg: "undeclared identifier: 'Missing'"
  line: 6
"""
proc f[T](x: T) =
  var y: Missing
