discard """
  output: '''
start 1
1
mid 2
20
0
true
start 1
x1
mid 2
x20
start 5
mid 6
560
1
~1
1
2
fin
~1
'''
"""
# A suspended iterator destroys what it holds and runs no finally; arguments are those of the latest call.
iterator c(a: int): int {.closure.} =
  echo "start ", a
  yield a
  echo "mid ", a
  yield a * 10
let it = c
echo it(1)
echo it(2)
echo it(3)
echo finished(it)
var n = 0
proc nextn: int = (inc n; n)
for x in c(nextn()): echo "x", x
let a = c
var b = a
echo a(5), b(6)
type D = object
  id: int
proc `=destroy`(d: var D) =
  if d.id != 0: echo "~", d.id
iterator g(): int {.closure.} =
  let d = D(id: 1)
  try:
    yield d.id
    yield 2
  finally:
    echo "fin"
proc t =
  let x = g
  echo x()
t()
for v in g(): echo v
