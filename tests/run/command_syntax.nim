discard """
  output: '''
1b
2c
4b
7
sum 4
8
@[4, 5]
9b
'''
"""
proc show(a: int, b = "b") = echo a, b
proc one(x: int): int = x + 1
show 1
show 2, "c"
show one 3
echo one one 5
echo "sum ", one(1) + one 1
let v = one 7
echo v
var s: seq[int]
s.add 4
s.add one s[0]
echo s
doAssert v == 8, "message"
if one(1) == 2: show 9
