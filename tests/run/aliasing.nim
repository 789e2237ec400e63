discard """
  output: '''
@[1, 2, 3, 1, 1, 2, 3, 1]
abababab
(2, 1)
@[@[2, 3], @[2, 3, 4]]
'''
"""
# Assignments through parts of themselves.
var s = @[1, 2, 3]
s = s
s.add(s[0])
s = s & s
echo s
var str = "ab"
str = str & str
str.add(str)
echo str
var t = (1, 2)
t = (t[1], t[0])
echo t
var grid = @[@[1], @[2, 3]]
grid[0] = grid[1]
grid[1].add(4)
echo grid
