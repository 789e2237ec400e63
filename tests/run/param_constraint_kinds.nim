discard """
  output: '''
vi [false, true, false, true, false, false, false, false, false, true, true, false]
li [false, true, false, false, true, false, false, false, false, true, false, false]
ci [true, false, false, false, false, false, false, false, false, true, false, false]
3 [true, false, false, false, false, false, false, false, false, true, false, false]
arr[0] [false, false, false, false, false, false, false, false, false, false, true, false]
larr[0] [false, false, false, false, false, false, false, false, false, false, false, false]
o.f [false, false, false, false, false, false, false, false, false, false, true, false]
r.f [false, false, false, false, false, false, false, false, false, false, true, false]
vi + 1 [false, false, true, false, false, false, false, false, false, false, false, false]
1 + 2 [true, false, false, false, false, false, false, false, false, true, false, false]
-3 [true, false, false, false, false, false, false, false, false, true, false, false]
ord(true) [true, false, false, false, false, false, false, false, false, true, false, false]
int(2.5) [false, false, false, false, false, false, false, false, false, false, false, false]
'a'.ord [true, false, false, false, false, false, false, false, false, true, false, false]
a [false, true, false, false, false, false, true, false, false, true, false, false]
b [false, false, false, false, false, false, false, false, false, false, true, false]
result [false, true, false, false, false, false, false, false, true, true, true, false]
loc [false, true, false, true, false, false, false, false, false, true, true, false]
ll [false, true, false, false, true, false, false, false, false, true, false, false]
loc [false, true, false, true, false, false, false, false, false, true, true, false]
a [false, true, false, false, false, false, true, false, false, true, false, false]
i [false, true, false, false, false, false, false, true, false, true, false, false]
eff() [false, false, true, false, false, false, false, false, false, false, false, true]
(eff() + 1) [false, false, true, false, false, false, false, false, false, false, false, true]
(vi) [false, true, false, true, false, false, false, false, false, true, true, false]
r[].f [false, false, false, false, false, false, false, false, false, false, true, false]
addr(vi)[] [false, false, false, false, false, false, false, false, false, false, true, false]
atomatomnot
side
purepurepure
anotatom
litorsymlitorsymother
truefalse
x
false
tlittany
glitgglit
nana
lit
'''
"""
# Each constraint, with each kind of expression.
proc isLit(a: int{lit}): bool = true
proc isLit(a: int): bool = false
proc isSym(a: int{sym}): bool = true
proc isSym(a: int): bool = false
proc isCall(a: int{call}): bool = true
proc isCall(a: int): bool = false
proc isVar(a: int{`var`}): bool = true
proc isVar(a: int): bool = false
proc isLet(a: int{`let`}): bool = true
proc isLet(a: int): bool = false
proc isConst(a: int{`const`}): bool = true
proc isConst(a: int): bool = false
proc isParam(a: int{param}): bool = true
proc isParam(a: int): bool = false
proc isFor(a: int{forvar}): bool = true
proc isFor(a: int): bool = false
proc isRes(a: int{result}): bool = true
proc isRes(a: int): bool = false
proc isAtom(a: int{atom}): bool = true
proc isAtom(a: int): bool = false
proc isLv(a: int{lvalue}): bool = true
proc isLv(a: int): bool = false
proc isSide(a: int{sideeffect}): bool = true
proc isSide(a: int): bool = false
template row(x: untyped) = echo astToStr(x), " ", [isLit(x), isSym(x), isCall(x), isVar(x), isLet(x), isConst(x), isParam(x), isFor(x), isRes(x), isAtom(x), isLv(x), isSide(x)]
var vi = 3
let li = 4
const ci = 5
var arr = [1, 2]
let larr = [1, 2]
type O = object
  f: int
var o = O()
var r: ref O
new r
row vi
row li
row ci
row 3
row arr[0]
row larr[0]
row o.f
row r.f
row vi + 1
row 1 + 2
row(-3)
row ord(true)
row int(2.5)
row 'a'.ord
proc t(a: int, b: var int): int =
  var loc = 2
  let ll = loc
  row a
  row b
  row result
  row loc
  row ll
  proc inner() =
    row loc
    row a
  inner()
  for i in 0..0: row i
discard t(1, vi)
proc eff(): int {.sideEffect.} = 3
row eff()
row (eff() + 1)
row (vi)
row r[].f
row addr(vi)[]

block:
  proc r(a: int{atom}): string = "atom"
  proc r(a: int): string = "not"
  var vi = 3
  echo r(3), r(vi), r(vi+1)
  proc s(a: int{`nosideeffect`}): string = "pure"
  proc s(a: int): string = "impure"
  proc imp(): int = (echo "side"; 3)
  proc pu(): int = 3
  echo s(imp()), s(pu()), s(vi)
  proc u(a: int{~atom}): string = "notatom"
  proc u(a: int): string = "a"
  echo u(3), u(vi+1)
  proc w(a: int{lit|sym}): string = "litorsym"
  proc w(a: int): string = "other"
  echo w(3), w(vi), w(vi+1)
  proc y(a: int{lit & atom}): string = "x"
  echo compiles(y(3)), compiles(y(vi))
  proc z(a: int{lit}): string = "x"
  echo z(3)
  echo compiles(z(vi))
  template tm(a: int{lit}): string = "tlit"
  template tm(a: int): string = "tany"
  echo tm(3), tm(vi)
  proc g[T](a: T{lit}): string = "glit"
  proc g[T](a: T): string = "g"
  echo g(3), g(vi), g("x")
  proc al(a: string{noalias}, b: string): string = "na"
  proc al(a: string, b: string): string = "alias"
  var s1 = "a"
  var s2 = "b"
  echo al(s1, s2), al(s1, s1)
  proc lt(a: string{lit}; b: int) = echo "lit"
  lt("x", 3)
  proc mm(a: static string): string = "static"
  proc mm(a: string{lit}): string = "lit"
