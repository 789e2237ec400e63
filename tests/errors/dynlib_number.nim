discard """
  errormsg: "string literal expected"
  line: 5
"""
proc f() {.dynlib: 3, importc.}
f()
