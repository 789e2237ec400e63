discard """
  errormsg: "invalid control flow: break"
  line: 6
"""
proc f() =
  break
f()
