discard """
  disabled: "nim"
  output: '''
(a: 2, b: 1)
[3, 2, 1]
'''
"""
# The right side is complete before the left one changes. The real Nim 1.6 writes in place here and loses values; the
# manual's order of evaluation decides.
type O = object
  a, b: int
var o = O(a: 1, b: 2)
o = O(a: o.b, b: o.a)
echo o
var arr = [1, 2, 3]
arr = [arr[2], arr[1], arr[0]]
echo arr
