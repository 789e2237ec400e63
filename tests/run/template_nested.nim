discard """
  output: '''
(1)((1))
0
1
2
1-1
43
'''
"""
# Templates that use templates, break out of a caller's loop and return from its proc.
template inner(x: untyped): untyped = "(" & $x & ")"
template outer(x: untyped): untyped = inner(x) & inner(inner(x))
echo outer(1)
template stopAt(i, limit: untyped) =
  if i >= limit: break
for i in 0 .. 100:
  stopAt(i, 3)
  echo i
template returnIf(cond: bool, v: untyped) =
  if cond: return v
proc find(xs: openArray[int], x: int): int =
  for i, y in xs: returnIf(x == y, i)
  -1
echo find([5, 6, 7], 6), find([1], 2)
template orElse(a: untyped, b: untyped): untyped =
  let v = a
  (if v != 0: v else: b)
echo orElse(0, 4), orElse(3, 4)
