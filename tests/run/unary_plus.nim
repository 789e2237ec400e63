discard """
  output: '''
2
-2
1.5
7
3
4.25
'''
"""
# A literal with a sign is still a literal: it fits any type that it fits into.
var d: cint = -2
d = +2
echo d
d = -2
echo d
let f: float32 = +1.5
echo f
proc wide(x: int64): int64 = +x
echo wide(7)
var small: int8 = 3
small = +small
echo small
let g = 4.25
echo +g
