discard """
  output: '''
1
2
3
x
4
1a
(a: "z", b: 1)
[[11]]
@["1!", "2!"]
3.04
3.0
int string
3abab3
5
63.0
3false
123
55
b1
2
2
(n: @[], e: @[4])
string
1213
'''
"""
# Generic containers, inheritance, static parameters, explicit instances, routines in routines.
type
  Tree[T] = ref object
    l, r: Tree[T]
    v: T
  List[T] = object
    case isNil: bool
    of true: discard
    of false:
      head: T
      tail: ref List[T]
  Base[T] = ref object of RootObj
    b: T
  Derived[T] = ref object of Base[T]
    d: T
  IntDer = ref object of Base[int]
  Pair[A, B] = tuple[a: A, b: B]
  Mat[R, C: static int; T] = object
    d: array[R, array[C, T]]
  Fn[A, B] = proc (x: A): B
proc ins[T](t: var Tree[T], v: T) =
  if t.isNil: t = Tree[T](v: v)
  elif v < t.v: t.l.ins v
  else: t.r.ins v
iterator items[T](t: Tree[T]): T =
  var st: seq[Tree[T]]
  var cur = t
  while st.len > 0 or cur != nil:
    while cur != nil:
      st.add cur
      cur = cur.l
    cur = st.pop
    yield cur.v
    cur = cur.r
var t: Tree[int]
for x in [3,1,2]: t.ins x
for x in t: echo x
proc bget[T](b: Base[T]): T = b.b
echo bget(Derived[string](b: "x", d: "y"))
echo bget(IntDer(b: 4))
let p: Pair[int, string] = (1, "a")
echo p.a, p.b
proc swapP[A, B](p: Pair[A, B]): Pair[B, A] = (p.b, p.a)
echo swapP((1, "z"))
proc `*`[A, B, C: static int; T](x: Mat[A, B, T], y: Mat[B, C, T]): Mat[A, C, T] =
  for i in 0 ..< A:
    for j in 0 ..< C:
      for k in 0 ..< B:
        result.d[i][j] += x.d[i][k] * y.d[k][j]
var m1: Mat[1, 2, int]
m1.d = [[1, 2]]
var m2: Mat[2, 1, int]
m2.d = [[3], [4]]
echo (m1 * m2).d
proc mapIt2[A, B](xs: seq[A], f: Fn[A, B]): seq[B] =
  for x in xs: result.add f(x)
echo mapIt2(@[1,2], proc (x: int): string = $x & "!")
proc ex[T](x: int): T = T(x)
echo ex[float](3), ex[uint8](4)
echo 3.ex[:float]()
proc two[A, B](): string = $A & " " & $B
echo two[int, string]()
proc conv[T](s: string): T =
  when T is int: s.len
  elif T is string: s & s
  else: default(T)
echo conv[int]("abc"), conv[string]("ab"), "abc".conv[:int]
let fp = ex[int]
echo fp(5)
proc nested[T](x: T): auto =
  proc inner(y: T): T = y + x
  inner(x)
echo nested(3), nested(1.5)
type Opt[T] = object
  case has: bool
  of true: val: T
  of false: nil
proc some[T](x: T): Opt[T] = Opt[T](has: true, val: x)
proc none(T: typedesc): Opt[T] = Opt[T](has: false)
echo some(3).val, none(int).has
proc foldl2[T, A](xs: openArray[T], init: A, f: proc (a: A, x: T): A): A =
  result = init
  for x in xs: result = f(result, x)
echo foldl2([1,2,3], "", proc (a: string, x: int): string = a & $x)
proc fib[N: static int](): int =
  when N < 2: N else: fib[N-1]() + fib[N-2]()
echo fib[10]()
type Stack[T] = object
  items: seq[T]
proc push[T](s: var Stack[T], x: T) = s.items.add x
proc pop[T](s: var Stack[T]): T = s.items.pop
proc len[T](s: Stack[T]): int = s.items.len
proc initStack[T](): Stack[T] = discard
var st = initStack[string]()
st.push "a"; st.push "b"
echo st.pop, st.len
proc count[T](xs: seq[T], p: proc (x: T): bool): int =
  for x in xs:
    if p(x): inc result
echo count(@[1,2,3,4], proc (x: int): bool = x mod 2 == 0)
echo count[int](@[1,2,3], proc (x: int): bool = x > 1)
type Graph[N; E = int] = object
  n: seq[N]
  e: seq[E]
var gr: Graph[string]
gr.e.add 4
echo gr
proc deflt[T = int](): string = $T
echo deflt[string]()
var global {.global.}: int
proc counter[T](x: T): int =
  var c {.global.} = 0
  inc c
  c
echo counter(1), counter(2), counter("a"), counter(3)
