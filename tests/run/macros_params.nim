discard """
  output: '''
nnkIntLit 5
nnkSym l
nnkIntLit 7
nnkIntLit -1
5
7
nnkStrLitnnkIntLit3
nnkSym eb
eb
nnkSym truetrue
5true
5false
2true
nnkFloatLit
nnkIntLit
nnkBracket
nnkPrefix
2
nnkSym
nnkIntLitnnkIntLit
nnkSym
nnkIntLit
nnkStrLit
'''
"""
# What a macro gets for parameters of all kinds.
import macros
const c = 5
let l = 6
macro f(x: int): untyped = newCall("echo", newLit($x.kind & " " & x.repr))
f(c)
f(l)
f(3 + 4)
f(-1)
macro g(x: static int): untyped = newCall("echo", newLit(x))
g(c)
g(3 + 4)
macro h(x: string, y = 3): untyped = newCall("echo", newLit($x.kind & $y.kind & y.repr))
h("a")
type E = enum ea, eb
macro k(x: E): untyped = newCall("echo", newLit($x.kind & " " & x.repr))
k(eb)
macro k2(x: static E): untyped = newCall("echo", newLit($x))
k2(eb)
macro b(x: bool): untyped = newCall("echo", newLit($x.kind & " " & x.repr & $x.boolVal))
b(true)
macro opt(x: untyped, y: untyped = 5, z: static bool = true): untyped = newCall("echo", newLit(y.repr & $z))
opt(1)
opt(1, z = false)
opt 1, 2
macro fl(x: float): untyped = newCall("echo", newLit($x.kind))
fl(1.5)
fl(2)
macro ss(x: openArray[string]): untyped = newCall("echo", newLit($x.kind))
ss(["a"])
macro tt(x: seq[int]): untyped = newCall("echo", newLit($x.kind))
tt(@[1])
macro st(x: static seq[int]): untyped = newCall("echo", newLit(x.len))
st(@[1, 2])
macro st2(x: static openArray[int]): untyped = newCall("echo", newLit(x.len))
macro prc(p: proc (x: int): int): untyped = newCall("echo", newLit($p.kind))
proc pp(x: int): int = x
prc(pp)
macro gen[T](a: T, b: T): untyped = newCall("echo", newLit($a.kind & $b.kind))
gen(1, 2)
macro vt(x: var int): untyped = newCall("echo", newLit($x.kind))
var vv = 3
vt(vv)
macro ii(x: SomeInteger): untyped = newCall("echo", newLit($x.kind))
ii(5)
macro aa(x: auto): untyped = newCall("echo", newLit($x.kind))
aa("q")
