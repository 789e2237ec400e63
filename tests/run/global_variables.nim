discard """
  output: '''
ok
'''
"""
# Variables of modules and `{.global.}` ones.
proc counter(): int =
  var c {.global.} = 10
  inc c
  c
doAssert counter() == 11 and counter() == 12
proc gen[T](x: T): int =
  var c {.global.}: int
  inc c
  c
doAssert gen(1) == 1 and gen("a") == 1 and gen(2) == 2
var order: seq[string]
proc note(s: string): int = (order.add s; order.len)
let
  x = note("x")
  y = note("y")
var z, w = note("zw")
doAssert order == @["x", "y", "zw", "zw"] and z == 3 and w == 4
const c = block:
  var r = 0
  for i in 1..4: r += i
  r
doAssert c == 10
var tup: tuple[a: int, b: seq[string]]
tup.b.add "q"
doAssert tup == (0, @["q"])
let (m, n) = (note("m"), 5)
doAssert m == 5 and n == 5
var u {.noinit.}: array[3, int]
u = [1, 2, 3]
doAssert u[2] == 3
let lateInit: int = (if c > 5: 1 else: 2)
doAssert lateInit == 1
var arr: array[2, array[2, string]]
doAssert arr[1][1] == ""
var f: proc(x: int): int
doAssert f == nil
f = proc(x: int): int = x
doAssert f(2) == 2
doAssert true
echo "ok"
