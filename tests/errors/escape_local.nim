discard """
  errormsg: "'x' escapes its stack frame; context: '"
  line: 7
"""
proc f(): var int =
  var x = 1
  return x
f() = 2
