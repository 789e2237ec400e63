discard """
  errormsg: "The R type doesn't have a default value. The following fields must be initialized: x."
  line: 7
"""
type R {.requiresInit.} = object
  x: int
var r: R
