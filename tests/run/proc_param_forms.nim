discard """
  output: '''
13q13w12q
1cs2.5true@[1]
022
6
intintstring1false1b2c
x!seq[int]ys31434true3pos1
4
intx!
12z
13
2
1r
negpostwo
12cd21yx
16
3628800
true
'''
"""
# Kinds of parameters, and ways to give arguments.
proc a1(x: int, y: int = 3, z = "q"): string = $x & $y & z
proc a2(xs: varargs[string, `$`]): string =
  for x in xs: result.add x
proc a3[T](x: T, ys: varargs[T]): int = ys.len
proc a4(f: proc(x: int): int): int = f(3)
proc a5(x: int or float): string = $typeof(x)
proc a6(x, y: auto): string = $typeof(x) & $typeof(y)
proc a7(x: seq): int = x.len
proc a8(x: ref | ptr): bool = x == nil
proc a9(x: tuple[a: int, b: string]): string = $x.a & x.b
proc a10(x: static string): string = x & "!"
proc a11(x: typedesc): string = $x
proc a12(x: sink string): string = x & "s"

proc a14(x: var seq[int]) = x.add 1
proc a15(x: openArray[char]): int = x.len
proc a16(x: set[char]): int = x.card
proc a17(x: array[2, int]): int = x[0] + x[1]
proc a18(x: cstring): int = x.len
proc a19(x: pointer): bool = x.isNil
proc a20(x: range[1..5]): int = x
proc a21(n: int): auto = (if n > 0: "pos" else: "neg")
proc a22(n: Natural, p: Positive): int = n + p
echo a1(1), a1(1, z = "w"), a1(y = 2, x = 1)
echo a2(1, 'c', "s", 2.5, true, @[1])
echo a3(1), a3("a", "b", "c"), a3(1, [2, 3])
echo a4(proc(x: int): int = x * 2)
echo a5(1), a6(1, "a"), a7(@[1]), a8(new int), a9((1, "b")), a9((a: 2, b: "c"))
echo a10("x"), a11(seq[int]), a12("y"), a15("abc"), a15(['a']), a16({'a'..'d'}), a17([1, 2]), a18("abcd"), a19(nil), a20(3), a21(1), a22(0, 1)
var s = @[0]
a14(s)
s.a14
a14 s
echo s.len
echo 5.a5, "x".a10
discard a1 1
let g = a1
echo g(1, 2, "z")
proc outer(x: int): int =
  proc inner(y: int): int =
    if y == 0: x else: inner(y - 1) + 1
  inner(3)
echo outer(10)
proc noRet(x: var int) = x += 1
var n = 1
noRet n
echo n
proc ret2(): (int, string) = (1, "r")
let (p, q) = ret2()
echo p, q
proc early(x: int): string =
  if x < 0: return "neg"
  result = "pos"
  for i in 0..x:
    if i == 2: return "two"
echo early(-1), early(1), early(5)
proc named(a, b: int, c, d: string): string = $a & $b & c & d
echo named(1, 2, "c", "d"), named(d = "x", c = "y", b = 1, a = 2)
proc f1(x: int): int {.discardable.} = x
f1(3)
func pure(x: int): int = x * x
echo pure(4)
proc rec(n: int): int = (if n <= 1: 1 else: n * rec(n - 1))
echo rec(10)
proc mutual2(n: int): bool
proc mutual1(n: int): bool = (if n == 0: true else: mutual2(n - 1))
proc mutual2(n: int): bool = (if n == 0: false else: mutual1(n - 1))
echo mutual1(10)
