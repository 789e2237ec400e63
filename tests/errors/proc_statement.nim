discard """
  errormsg: "expression 'f' is of type 'proc (): string{.n"
  line: 6
"""
proc f(): string = "x"
f
