discard """
  errormsg: "illegal capture 'x' because ':anonymous' has the calling convention: <nimcall>"
  line: 8
"""
# A proc with a convention of its own has no environment.
proc outer() =
  var x = 1
  let c = proc() {.nimcall.} = x = 3
  c()
outer()
