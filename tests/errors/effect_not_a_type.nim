discard """
  errormsg: "invalid type for raises/tags list"
  line: 5
"""
proc f() {.raises: [int].} = discard
