discard """
  output: '''
@[10, 20, 20]
@[10, 20, 30]
012
do 0
do 1
'''
"""
proc outer(): seq[int] =
  var total = 0
  proc add(n: int) = total += n
  for i in 1..4: add(i)
  proc deeper(): int =
    proc inner() = total *= 2
    inner()
    total
  result.add(total)
  result.add(deeper())
  result.add(total)
echo outer()
proc map(xs: seq[int], f: proc (x: int): int): seq[int] =
  for x in xs: result.add(f(x))
proc scaled(k: int): seq[int] =
  map(@[1, 2, 3], proc (x: int): int = x * k)
echo scaled(10)
proc each(n: int, body: proc (i: int)) =
  for i in 0 ..< n: body(i)
var s = ""
each(3, proc (i: int) = s.add($i))
echo s
each(2) do (i: int):
  echo "do ", i
