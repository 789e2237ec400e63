discard """
  errormsg: "string literal expected"
  line: 5
"""
proc f() {.importc: 3.}
