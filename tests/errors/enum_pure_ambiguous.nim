discard """
  errormsg: "ambiguous identifier: 'x' -- use one of the following:"
  line: 9
"""
type
  F {.pure.} = enum a, x
  G {.pure.} = enum x, q
var f = F.x
f = x
