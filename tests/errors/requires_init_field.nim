discard """
  errormsg: "The R type requires the following fields to be initialized: x."
  line: 8
"""
type R = object
  x {.requiresInit.}: int
  y: int
let r = R(y: 1)
