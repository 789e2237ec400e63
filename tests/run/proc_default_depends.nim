discard """
  output: '''
7 16 3
a1xyz3a9
12103
1,0a,
01
1b1.51b2.53q1.5
31
9610
5
nil6
1a
0
1
2
3
0
2
63
11
1;2;
'''
"""
# Default values are worked out at each call and may use earlier parameters.
proc a(x: int, y = x + 1, z = y * 2): int = x + y + z
echo a(1), " ", a(1, 5), " ", a(1, z = 0)
proc b(s = "a", n: int = s.len): string = s & $n
echo b(), b("xyz"), b(n = 9)
var calls = 0
proc next(): int = (inc calls; calls)
proc c(x = next()): int = x
echo c(), c(), c(10), c()
proc d[T](x: T, y: T = default(T)): string = $x & "," & $y
echo d(1), d("a")
proc e(x: seq[int] = @[]): int = x.len
echo e(), e(@[1])
proc f(a: int, b: string = "b", c = 1.5): string = $a & b & $c
echo f(1), f(1, c = 2.5), f(b = "q", a = 3)
proc g(x: openArray[int] = [1,2,3]): int = x.len
echo g(), g([1])
proc h(a, b: int = 3): int = a * b
echo h(), h(2), h(2, 5)
type O = object
  n: int
proc i(o = O(n: 5)): int = o.n
echo i()
proc j(f: proc (x: int): int = nil): string = (if f == nil: "nil" else: $f(1))
echo j(), j(proc (x: int): int = x + 5)
proc k(x: int; y: auto = 2): string = $x & $y
echo k(1, "a")
iterator l(n: int, step = 1): int =
  var i = 0
  while i < n:
    yield i
    i += step
for x in l(4): echo x
for x in l(4, step = 2): echo x
template m(x: int, y = 5): int = x + y
echo m(1), m(1, 2)
proc n(x: var int, by = 1) = x += by
var nn = 1
n(nn); n(nn, 5); nn.n; nn.n(by = 3)
echo nn
proc o(args: varargs[int], sep = ","): string =
  for x in args: result.add $x & sep
echo o(1,2,sep = ";")
