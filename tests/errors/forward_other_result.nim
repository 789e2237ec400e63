discard """
  errormsg: "overloaded 'f' leads to ambiguous calls"
  line: 6
"""
proc f(a: int): int
proc f(a: int): string = "x"
