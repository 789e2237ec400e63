discard """
  output: '''
00
01
10
11
20
21
after
1
3
4
in b
3
1
-2
1x
2y
01x
12y
tick
tick
7
2-1
11
12
22
five
z 10
'''
"""
block outer:
  for i in 0..3:
    for j in 0..3:
      if i * j == 4: break outer
      if j == 2: break
      echo i, j
echo "after"
var n = 0
while true:
  inc n
  if n == 2: continue
  if n > 4: break
  echo n
block a:
  block b:
    echo "in b"
    break a
  echo "not here"
for i in countdown(3, 0):
  if i mod 2 == 0: continue
  echo i
var k = 10
while k > 0: k -= 3
echo k
for (a, b) in [(1, "x"), (2, "y")]: echo a, b
for i, (a, b) in [(1, "x"), (2, "y")]: echo i, a, b
for _ in 0..1: echo "tick"
let res = block:
  var t = 0
  for i in 1..4:
    if i == 3: continue
    t += i
  t
echo res
proc find(s: seq[int], x: int): int =
  for i, v in s:
    if v == x: return i
  -1
echo find(@[4, 5, 6], 6), find(@[], 1)
iterator cnt(a, b: int): int =
  var i = a
  while i <= b:
    yield i
    inc i
for i in cnt(1, 2): 
  for j in cnt(i, 2): echo i, j
if n == 5: echo "five" elif n == 6: echo "six" else: echo "other"
if (let z = n * 2; z > 5): echo "z ", z
