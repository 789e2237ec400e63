discard """
  disabled: "nim"
  errormsg: "conversion from int literal(-5) to Natural is invalid"
  line: 7
"""
# The real Nim says so only where it generates code.
let x: Natural = -5
