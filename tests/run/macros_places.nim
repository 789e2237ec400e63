discard """
  output: '''
17
5
@[1, 2, 3]
77
aa4
cond
two
[2, 3]
2
5
42
y
1
2
10
100
1
2
hx
set
body
deferred
0
1
3
9
3truefalse
x1
yz
30
when
falsetrue
'''
"""
import std/macros
# Hygiene, and macros wherever code can stand.
macro addOne(x: untyped): untyped =
  let tmp = genSym(nskVar, "tmp")
  result = newStmtList(newVarStmt(tmp, x), newCall("inc", tmp), tmp)
let tmp = 5
echo addOne(tmp) + addOne(10)
proc f(): int =
  let a = addOne(1)
  result = a + addOne(a)
echo f()
var acc: seq[int]
for i in 0 .. 2:
  acc.add addOne(i)
echo acc
type T = object
  val: int
macro getV(x: untyped): untyped = newDotExpr(x, ident"val")
var t = T(val: 3)
getV(t) = 7
echo t.val, getV(t)
proc generic[X](x: X): X =
  macro dbl(y: untyped): untyped = infix(y, "&", y)
  when X is string: dbl(x)
  else: addOne(x)
echo generic("a"), generic(3)
if addOne(1) == 2: echo "cond"
while (block: addOne(acc.len) > 10): discard
case addOne(1)
of 2: echo "two"
else: discard
echo [addOne(1), addOne(2)]
echo (a: addOne(1)).a
echo (proc (x: int): int = addOne(x))(4)
const K = addOne(41)
echo K
let s = if addOne(0) == 1: "y" else: "n"
echo s
iterator it(n: int): int =
  for i in 1 .. addOne(n): yield i
for x in it(1): echo x
template viaT(x: untyped): untyped =
  let q = addOne(x)
  q * 2
echo viaT(4)
macro wrap(body: untyped): untyped =
  quote do:
    block:
      let q = 1
      `body`
let q = 100
wrap: echo q
macro inj(body: untyped): untyped =
  quote do:
    block:
      let q {.inject.} = 1
      `body`
inj: echo q
macro identInj(body: untyped): untyped =
  let q = ident"q"
  quote do:
    block:
      let `q` = 2
      `body`
identInj: echo q
macro thisProc(): untyped =
  quote do:
    proc helperX(): string = "hx"
thisProc()
echo helperX()
macro ret(): untyped =
  quote do:
    result = "set"
proc rr(): string = ret()
echo rr()
macro deferIt(b: untyped): untyped =
  quote do:
    defer: `b`
proc dd() =
  deferIt: echo "deferred"
  echo "body"
dd()
macro brk(): untyped = newTree(nnkBreakStmt, newEmptyNode())
for i in 0..5:
  if i == 2: brk()
  echo i
macro multi(): untyped =
  quote do:
    var a1 {.inject.} = 1
    var b1 {.inject.} = 2
multi()
echo a1 + b1
macro kw(): untyped = newTree(nnkAccQuoted, ident"type")
var `type` = 9
echo kw()
macro op(name: static string, a, b: untyped): untyped = newTree(nnkInfix, ident(name), a, b)
echo op("+", 1, 2), op("<", 1, 2), op("and", true, false)
macro named(args: varargs[untyped]): untyped =
  result = newStmtList()
  for a in args:
    if a.kind == nnkExprEqExpr: result.add newCall("echo", newLit($a[0]), a[1])
named(x = 1, y = "z")
macro lenOf(xs: varargs[untyped]): int = newLit(xs.len)
echo lenOf(1, 2, 3), lenOf()
discard lenOf()
macro emptyStmt(): untyped = newStmtList()
emptyStmt()
proc withEmpty() = emptyStmt()
withEmpty()
when true:
  macro cond(): untyped = newLit("when")
  echo cond()
static:
  macro inStatic(): untyped = newLit(3)
  doAssert inStatic() == 3
echo compiles(addOne(undeclaredThing)), compiles(addOne(3))
