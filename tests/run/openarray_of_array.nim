discard """
  output: '''
516
[0, 0, 3]
50
'''
"""
# A part of an array is given by the array's own indices.
proc sum(xs: openArray[int]): int =
  for x in xs: result += x
var a: array[3..5, int] = [1, 2, 3]
echo sum(a.toOpenArray(4, 5)), sum(a.toOpenArray(3, 3)), sum(a)
proc clear(xs: var openArray[int]) =
  for x in xs.mitems: x = 0
clear(a.toOpenArray(3, 4))
echo a
type Day = enum mon, tue, wed
let d: array[Day, int] = [10, 20, 30]
echo sum(d.toOpenArray(tue, wed))
