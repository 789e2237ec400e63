discard """
  output: '''
2199
5
5
file
10
7
3q
4
true
1ac
[1]
[2.5]
[x]
first
second
@[1]
true
side
true
x
x
0
1
6
10
6
int
string
(val: 3)
sym
3!
8
9
not early
6
5
5
3 nnkIdent nnkExprEqExpr nnkIntLit nnkExprEqExpr
'''
"""
# Templates: names that stay inside and names that come out, blocks, varargs, constants.
template swp(a, b: typed) =
  let tmp = a
  a = b
  b = tmp
var x = 1
var y = 2
var tmp = 99
swp(x, y)
echo x, y, tmp
template inj(v: untyped) =
  let it {.inject.} = v
  echo it
inj(5)
echo it
template withFile(n: untyped, body: untyped) =
  block:
    var n = "file"
    body
withFile(f):
  echo f
template dirtyT() {.dirty.} =
  var dd = 10
dirtyT()
echo dd
template defProc(name: untyped, val: int) =
  proc name(): int = val
defProc(foo, 7)
echo foo()
template genGet(field: untyped, T: typedesc) =
  proc `get field`(x: P): T = x.field
type P = object
  a: int
  b: string
genGet(a, int)
genGet(b, string)
echo geta(P(a: 3)), getb(P(b: "q"))
template maxT(a, b: untyped): untyped =
  (if a > b: a else: b)
echo maxT(3, 4)
template `!=!`(a, b: untyped): bool = not (a == b)
echo 1 !=! 2
template va(args: varargs[untyped]) = echo args
va(1, "a", 'c')
template va3(args: varargs[string, `$`]) =
  for a in args: echo "[", a, "]"
va3(1, 2.5, "x")
template multi(a: untyped, b: untyped) =
  a
  b
multi:
  echo "first"
do:
  echo "second"
template typ(T: typedesc): untyped = seq[T]
var s: typ(int)
s.add 1
echo s
template lazyOr(a, b: bool): bool =
  if a: true else: b
proc side(): bool = (echo "side"; true)
echo lazyOr(true, side())
echo lazyOr(false, side())
template loop(n: int, body: untyped) =
  for i in 0 ..< n: body
loop(2): echo "x"
template loopi(i: untyped, n: int, body: untyped) =
  for i in 0 ..< n: body
loopi(k, 2): echo k
template exprBlock(): int =
  var t = 1
  t += 2
  t * 2
echo exprBlock()
template rec(n: static int): int =
  when n == 0: 0 else: n + rec(n-1)
echo rec(4)
template callit(f: untyped, a: varargs[untyped]): untyped = f(a)
proc add3(a,b,c: int): int = a+b+c
echo callit(add3, 1,2,3)
template overl(x: int) = echo "int"
template overl(x: string) = echo "string"
overl(1); overl("a")
template gens(name: untyped) {.dirty.} =
  type name = object
    val: int
gens(Foo)
echo Foo(val: 3)
template sym {.inject.} = echo "sym"
sym()
template retType(x: int): string = $x
echo retType(3) & "!"
template nested =
  template inner(x: untyped): untyped = x * 2
  echo inner(4)
nested()
proc usesResult(): int =
  template setr(v: int) = result = v
  setr(9)
echo usesResult()
template early(c: bool) =
  if c: return
proc pe(c: bool) =
  early(c)
  echo "not early"
pe(true); pe(false)
template `[]`(p: P, i: int): int = p.a + i
echo P(a: 1)[5]
template `a2=`(p: var P, v: int) = p.a = v
var pp = P()
pp.a2 = 5
echo pp.a
template typedBlock(body: typed) = body
typedBlock:
  let q = 5
  echo q

# Names of arguments go on with them.
from std/macros import newLit, newTree, nnkStmtList, NimNodeKind, kind, items, len
macro kinds(start: static int, args: varargs[untyped]): untyped =
  var text = $start
  for a in args: text.add " " & $a.kind
  newLit(text)
template passedOn(args: varargs[untyped]): untyped = kinds(3, args)
let lhs = 1
echo passedOn(lhs, s = repr(lhs), 5, x = lhs + 1)
