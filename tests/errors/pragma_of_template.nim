discard """
  errormsg: "cannot attach a custom pragma to 't'"
  line: 5
"""
template t() {.nosuch.} = discard
t()
