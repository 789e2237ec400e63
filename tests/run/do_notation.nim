discard """
  output: '''
body
body
@[100, 200]
first
second
'''
"""
proc twice(body: proc ()) =
  body()
  body()
twice do:
  echo "body"
proc transform(xs: seq[int], f: proc (x: int): int): seq[int] =
  for x in xs: result.add f(x)
let r = transform(@[1, 2]) do (x: int) -> int:
  x * 100
echo r
template wrap(a, b: untyped) =
  a
  b
wrap:
  echo "first"
do:
  echo "second"
