discard """
  output: '''
1
2
3
2 4 
0a
1b
(0, 'z')
1
3
4
'''
"""
iterator countTo(n: int): int =
  var i = 1
  while i <= n:
    yield i
    inc i
iterator evens(xs: openArray[int]): int =
  for x in xs:
    if x mod 2 == 0: yield x
for i in countTo(3): echo i
for x in evens([1, 2, 3, 4]): stdout.write x, " "
echo ""
iterator pairsOf(s: string): (int, char) =
  for i in 0 ..< s.len: yield (i, s[i])
for i, c in pairsOf("ab"): echo i, c
for t in pairsOf("z"): echo t
iterator none(): int =
  if false: yield 1
for x in none(): echo "never"
for i in countTo(10):
  if i == 2: continue
  if i == 5: break
  echo i
