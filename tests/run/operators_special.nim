discard """
  output: '''
5 43 s! 7 105
44
V[0, 10, -14, 0]V[0, -5, 7, 0]truefalsefalsefalsetrue
V[0, 10, -14, 0]
truetrue
range 3
not V and V mod 4
@[0, 10, -14, 0]
V[0, 10, -14, 0]x
0
arrow t true bang a%V[0, 10, -14, 0]
get hello
set world 4
call foo
310
7
7
8
'''
"""
# Routines that stand for syntax: elements, setters, calls, dots, operators of all kinds.
{.experimental: "callOperator".}
{.experimental: "dotOperators".}
type
  V = object
    d: array[4, int]
    n: int
proc `[]`(v: V, i: int): int = v.d[i]
proc `[]=`(v: var V, i: int, x: int) = v.d[i] = x
proc `[]`(v: V, a, b: int): int = v.d[a] * 10 + v.d[b]
proc `[]`(v: V, s: string): string = s & "!"
proc `{}`(v: V, i: int): int = -v.d[i]
proc `{}=`(v: var V, i: int, x: int) = v.d[i] = -x
{.experimental: "callOperator".}
proc `()`(v: V, i: int): int = v.d[i] + 100
proc `n=`(v: var V, x: int) = v.n = x * 2
proc `size=`(v: var V, x: int) = v.n = x
proc size(v: V): int = v.n
proc `+`(a, b: V): V =
  for i in 0..3: result.d[i] = a.d[i] + b.d[i]
proc `-`(a: V): V =
  for i in 0..3: result.d[i] = -a.d[i]
proc `==`(a, b: V): bool = a.d == b.d
proc `$`(v: V): string = "V" & $v.d
proc `+=`(a: var V, b: V) = a = a + b
proc `<`(a, b: V): bool = a.d[0] < b.d[0]
proc `<=`(a, b: V): bool = a.d[0] <= b.d[0]
proc contains(v: V, x: int): bool = x in v.d
proc `..`(a: V, b: int): string = "range " & $b
proc `not`(v: V): string = "not V"
proc `and`(a, b: V): string = "and V"
proc `mod`(a: V, b: int): string = "mod " & $b
proc `@`(v: V): seq[int] = @(v.d)
proc `&`(a: V, b: string): string = $a & b
proc `^`(a: V, i: int): int = a.d[^i]
proc `->`(a: V, s: string): string = "arrow " & s
proc `=~`(a: V, s: string): bool = true
proc `!`(a: V): string = "bang"
proc `%`(a: string, b: V): string = a & "%" & $b
proc `in2`(a: int, b: V): bool = a in b
var v: V
v[1] = 5
v{2} = 7
echo v[1], " ", v[1,2], " ", v["s"], " ", v{2}, " ", v(1)
v.size = 4
echo v.size, v.n
echo v + v, -v, v == v, v != v, v < v, v > v, v >= v
v += v
echo v
echo 10 in v, 11 notin v
echo v .. 3
echo not v, " ", v and v, " ", v mod 4
echo @v
echo v & "x"
echo v ^ 1
echo v -> "t", " ", v =~ "x", " ", !v, " ", "a" % v
type Dyn = object
template `.`(d: Dyn, f: untyped): string = "get " & astToStr(f)
template `.=`(d: Dyn, f: untyped, val: untyped) = echo "set ", astToStr(f), " ", val
template `.()`(d: Dyn, f: untyped, args: varargs[untyped]): string = "call " & astToStr(f)
var d: Dyn
echo d.hello
d.world = 4
echo d.foo(1, 2)
echo `+`(1, 2), `[]`(v, 1)
let op = `+`(3, 4)
echo op
proc `+++`(a, b: int): int = a * b
echo 2 +++ 3 + 1
proc `**`(a, b: int): int = a * b + 1
echo 1 + 2 ** 3
