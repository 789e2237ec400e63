discard """
  output: '''
1 2 1
1 .. 21 .. 21 .. 2
7
7 .. 2
0 .. 3
0 .. 2
345
5
'''
"""
# A template or macro that needs no arguments hides routines of its name further out, except in calls.
iterator bounds(n: int): Slice[int] = yield 0..n
proc size(n: int): int = n
template item(n: int): int = n
var g = 5..6
proc f() =
  var s = 1..2
  template bounds: untyped = s
  template size: untyped = s
  template item: untyped = s
  echo bounds.a, " ", size.b, " ", item.a
  echo bounds, size, item
  bounds.a = 7
  echo (size.a)
  let c = size
  echo c
  for x in 3.bounds: echo x
  for x in bounds(2): echo x
  echo size(3), item(4), 5.size
f()
template bounds2: untyped = g
iterator bounds2(n: int): Slice[int] = yield 0..n
echo bounds2.a
