discard """
  output: '''
1,2
1,s
3
2
proc
ref
distinct
enum eb
9711
not string
not int
2
33.5
3.03.0
intseq[string]
int type int8
00
float
1@[2]
3
(2, 3)
42
ptrish
3q
34
34
2
@[1]
3
'''
"""
# Type classes as parameter types, bound once or anew, and what constraints let through.
proc a(x, y: SomeInteger): string = $x & "," & $y
echo a(1, 2)
proc b(x: auto, y: auto): string = $x & "," & $y
echo b(1, "s")
proc c(x: tuple|object): int =
  for f in fields(x): inc result
echo c((1,2,3))
type P = object
  x, y: int
echo c(P())
proc d(x: proc): string = "proc"
proc e0(x: int): int = x
echo d(e0)
proc e(x: ref): string = "ref"
var rin: ref int
echo e(rin)
proc f(x: distinct): string = "distinct"
type D = distinct int
echo f(D(1))
proc g(x: enum): string = "enum " & $x
type E = enum ea, eb
echo g(eb)
proc h[T: Ordinal](x: T): int = ord(x)
echo h('a'), h(eb), h(true)
proc i[T: not string](x: T): string = "not string"
echo i(1)
proc j(x: not int): string = "not int"
echo j("a")
proc k(x: seq): int = x.len
echo k(@[1,2])
type Num = int|float
proc n(x, y: Num): Num = x + y
echo n(1, 2), n(1.5, 2.0)
proc o[T: SomeFloat](x: T): T = x * 2
echo o(1.5), o(1.5'f32)
proc p(t: typedesc): string = $t
echo p(int), p(seq[string])
proc q(t: typedesc[SomeInteger]): string = "int type " & $t
echo q(int8)
proc r[T](t: typedesc[T]): T = default(T)
echo r(int), r(string).len
proc s[T: typedesc](t: T): string = $t
echo s(float)
proc u[T; U: seq[T]](x: T, y: U): string = $x & $y
echo u(1, @[2])
proc v[I: static int](x: array[I, int]): int = I
echo v([1,2,3])
proc w[R, C: static int](m: array[R, array[C, int]]): (int, int) = (R, C)
echo w([[1,2,3],[4,5,6]])
proc x(n: static int): int = n * 2
echo x(21)
proc y(x: ptr | ref | pointer): string = "ptrish"
echo y(nil.pointer)
type Foo[T] = object
  val: T
proc z(x: Foo): string = $x.val
echo z(Foo[int](val: 3)), z(Foo[string](val: "q"))
proc z2(x: Foo, y: Foo): string = $x.val & $y.val
echo z2(Foo[int](val: 3), Foo[int](val: 4))
proc z3[T](x: Foo[T], y: Foo): string = $x.val & $y.val
echo z3(Foo[int](val: 3), Foo[int](val: 4))
proc z4(x: openArray[auto]): string = $x.len
echo z4([1,2])
proc z5(x: seq[SomeInteger]): string = $x
echo z5(@[1'u8])
proc z6(x: Foo[SomeInteger]): string = $x.val
echo z6(Foo[int](val: 3))
