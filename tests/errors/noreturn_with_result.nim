discard """
  errormsg: ".noreturn with return type not allowed"
  line: 5
"""
proc f(): int {.noreturn.} = quit 1
echo f()
