discard """
  output: '''
first
second
third
00 10 01 11 
00 01 10 11 
1
2
8
'''
"""
# An iterator that uses an iterator, nested loops of one, several yields, `break` in it.
iterator lines3(): string =
  yield "first"
  yield "second"
  yield "third"
for l in lines3(): echo l
iterator upTo(n: int): int =
  for i in 0 ..< n: yield i
iterator grid(w, h: int): tuple[x, y: int] =
  for y in upTo(h):
    for x in upTo(w): yield (x, y)
for p in grid(2, 2): stdout.write p.x, p.y, " "
echo ""
for a in upTo(2):
  for b in upTo(2): stdout.write a, b, " "
echo ""
iterator until(xs: seq[int], stop: int): int =
  for x in xs:
    if x == stop: break
    yield x
for x in until(@[1, 2, 3, 4], 3): echo x
proc firstBig(n: int): int =
  for x in upTo(100):
    if x * x > n: return x
echo firstBig(50)
