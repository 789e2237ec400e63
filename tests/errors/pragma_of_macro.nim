discard """
  errormsg: "cannot attach a custom pragma to 't'"
  line: 5
"""
macro t() {.nosuch.} = discard
t()
