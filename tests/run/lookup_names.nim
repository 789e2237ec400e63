discard """
  output: '''
ok
'''
"""
# Which declaration a name means.
let x = 1
proc f(): int = x
block:
  let x = "inner"
  doAssert x == "inner" and f() == 1
  block:
    let x = 2.5
    doAssert x == 2.5
proc shadow(x: int): int =
  var x = x + 1
  x
doAssert shadow(1) == 2
for x in 0..1:
  let y = x
  for x in 5..5: doAssert x == 5
  doAssert y == x
template t(): int = x
proc g(): int =
  let x = 50
  t()
doAssert g() == 1
template td(): untyped {.dirty.} = x
proc g2(): int =
  let x = 50
  td()
doAssert g2() == 50
proc over(x: int): string = "outer"
block:
  proc over(x: string): string = "inner"
  doAssert over(1) == "outer" and over("a") == "inner"
block:
  proc over(x: int): string = "hides"
  doAssert over(1) == "hides"
type T = object
  len: int
proc len(t: T): int = 99
doAssert T(len: 3).len == 3 and len(T(len: 3)) == 99
let `type` = 5
doAssert `type` == 5
proc `in2`(a: int): int = a
doAssert in2(3) == 3
let fooBar = 1
doAssert foo_bar == 1 and foobar == 1
var Foo = 2
doAssert Foo == 2
proc generic[T](a: T): string =
  mixin helper
  helper(a)
proc helper(a: int): string = "int helper"
doAssert generic(1) == "int helper"
proc bound[T](a: T): string =
  bind over
  over(1)
doAssert bound(2) == "outer"
doAssert system.len("abc") == 3
doAssert (var q = 3; q + 1) == 4
if (let z = 5; z > 3): doAssert z == 5
proc params(a: int, b = a * 2, c = a + b): int = a + b + c
doAssert params(1) == 6
iterator it(x: int): int = yield x
block:
  iterator it(x: string): string = yield x
  for a in it(3): doAssert a == 3
  for a in it("s"): doAssert a == "s"
type
  A = object
    b: B
  B = object
    c: int
doAssert A(b: B(c: 3)).b.c == 3
echo "ok"
