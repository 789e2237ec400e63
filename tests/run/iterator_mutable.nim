discard """
  output: '''
1 2 3 
@[10, 20, 30]
0:10 1:20 2:30 
abcd123
'''
"""
# Iterators that yield `var`, items/mitems/pairs of a type of one's own.
type Bag = object
  xs: seq[int]
iterator items(b: Bag): int =
  for x in b.xs: yield x
iterator mitems(b: var Bag): var int =
  for i in 0 ..< b.xs.len: yield b.xs[i]
iterator pairs(b: Bag): (int, int) =
  for i, x in b.xs: yield (i, x)
var b = Bag(xs: @[1, 2, 3])
for x in b: stdout.write x, " "
echo ""
for x in b.mitems: x *= 10
echo b.xs
for i, x in b: stdout.write i, ":", x, " "
echo ""
iterator generic[T](a, b: T): T =
  var x = a
  while x <= b:
    yield x
    inc x
for c in generic('a', 'd'): stdout.write c
for i in generic(1, 3): stdout.write i
echo ""
