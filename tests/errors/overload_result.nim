discard """
  errormsg: "overloaded 'f' leads to ambiguous calls"
  line: 6
"""
proc f(): int = 1
proc f(): string = "a"
