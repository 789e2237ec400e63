discard """
  output: '''
@[1, 2, 3] @[100, 2, 3, 4]
@[1, 2, 3] @[-1, 2, 3] @[1, 2, 3]
@[1, 2, 3, 9]
5 4
'''
"""
# Seqs are values: an assignment copies, also inside of objects.
var a = @[1, 2, 3]
var b = a
b[0] = 100
b.add(4)
echo a, " ", b
type Box = object
  items: seq[int]
var x = Box(items: a)
var y = x
y.items[0] = -1
echo x.items, " ", y.items, " ", a
proc grow(s: var seq[int]) = s.add(9)
grow(a)
echo a
proc consume(s: seq[int]): int =
  var t = s
  t.add(1)
  t.len
echo consume(a), " ", a.len
