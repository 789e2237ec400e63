discard """
  output: '''
one two x len 3
none 7 x 3
'''
"""
# A constant of a pure enum goes by its bare name where nothing else has it, before or after.
type
  F {.pure.} = enum one, x, len
  G {.pure.} = enum two, none
proc none(): int = 7
echo one, " ", two, " ", F.x, " ", F.len, " ", [1, 2, 3].len
var x = 3
echo G.none, " ", none(), " ", F.x, " ", x
