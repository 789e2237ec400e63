discard """
  errormsg: "invalid type: 'lent int' in this context: 'proc (x: lent int)' for proc"
  line: 5
"""
proc f(x: lent int) = discard
f("a")
