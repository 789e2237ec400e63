discard """
  output: '''
c 2.5
d (x: 3)
a 1
b x
result 0
1x2.5
(c: 2.5, d: (x: 3), a: 1, b: "x", result: 0)
(inner: "z", outer: 3)
(y: 2.5, t: 2.5)
(e: 0, i: 0, outer: 3)
(e: 2, i: 1, outer: 3)
(z: [0, 0])
[0, 0](z: [5, 0])
()
()
(m: 3)
(a: 3)
(own: 5)
5
(u: 6)
(rho: 0, omega: 0, some_Thing: "x", xi: 0, nu: 0, chi: 0, pi: 0, sigma: 0, lambda1: 0, omicron: 0, upsilon: 0, mu: 0, phi: 0, psi: 0, tau: 0, gamma: 3, result: 0, delta: 4, iota: 9, beta: 2, kappa: 10, epsilon: 5, eta: 7, alpha: 1, zeta: 6, theta: 8)
(s: @[1, 3])(s: @[1])truetrue
(c: 'a', i: 0)
(c: 'b', i: 1)
(w: 5)
3
x
5
(a: (s: @[1]), result: 0)
'''
"""
# locals(): a tuple of what the routine has, in the order of Nim's tables.
type Foo = object
  x: int
proc p(a: int; b: string): int =
  var c = 2.5
  let d = Foo(x: 3)
  for k, v in fieldPairs(locals()):
    echo k, " ", v
  let l = locals()
  echo l.a, l.b, l.c
  result = 4
  echo l
discard p(1, "x")
block:
  var outer = 3
  if true:
    let inner = "z"
    echo locals()
  proc gen[T](t: T) =
    let y = t
    echo locals()
  gen(2.5)
  for i in 0..1:
    let e = i * 2
    echo locals()
proc q() =
  var z: array[2, int]
  echo locals()
  var w = locals()
  w.z[0] = 5
  echo z, w
q()
echo locals()
let zz = 3
echo locals()
template t() = echo locals()
proc tt(m: int) = t()
tt(3)
iterator it(a: int): int =
  echo locals()
  yield a
for x in it(3): discard
proc clo(a: int): proc () =
  var s = "cap"
  result = proc () =
    var own = a + s.len
    echo locals()
clo(2)()
proc v(a: var int, b: ref Foo, op: openArray[int]) =
  echo locals().a
var vv = 5
v(vv, nil, [1])
proc uses(T: typedesc; n: static int; u: int) = echo locals()
uses(int, 5, 6)
proc many(alpha, beta, gamma, delta, epsilon, zeta, eta, theta, iota, kappa: int): int =
  var lambda1, mu, nu, xi, omicron, pi, rho, sigma, tau, upsilon, phi, chi, psi, omega: int
  let some_Thing = "x"
  type T = int
  const c = 3
  proc nested() = discard
  echo locals()
discard many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
type O = object
  s: seq[int]
proc meth(o: var O, x: ref int, f: proc ()) =
  var copy = locals()
  copy.o.s.add 3
  echo copy.o, o, copy.x == x, copy.f == f
var o = O(s: @[1])
meth(o, nil, nil)
for i, c in "ab":
  echo locals()
while true:
  var w = 5
  echo locals()
  break
proc shadow(a: int) =
  let a = $a
  echo locals().a
shadow(3)
proc tl() =
  try:
    raise newException(ValueError, "x")
  except ValueError as e:
    echo locals().e.msg
tl()
method m(x: RootRef; y: int) {.base.} = echo locals().y
m(RootRef(), 5)
converter cv(a: O): int =
  echo locals()
  1
let n: int = o
