discard """
  disabled: "nim"
  output: '''
ok
'''
"""
# Generic types and routines in blocks: classes, `static` and `typedesc` parameters, implicit generics.
import std/typetraits
block:
  proc f[T: SomeInteger | SomeFloat](x: T): string = $T
  doAssert f(1) == "int" and f(1'u8) == "uint8"
  doAssert not compiles(f("s"))
block:
  type Box[T] = object
    v: T
  proc get[T](b: Box[T]): T = b.v
  proc map[T, U](b: Box[T], f: proc(x: T): U): Box[U] = Box[U](v: f(b.v))
  let b = Box[int](v: 3).map(proc(x: int): string = $x & "!")
  doAssert b.get == "3!"
  doAssert b is Box and b is Box[string] and b isnot Box[int]
  proc any(b: Box): string = $b.v & $typeof(b.v)
  doAssert any(b) == "3!string"
  proc two(a, b: Box): string = $typeof(a)
  doAssert two(Box[int](), Box[int]()) == "Box[system.int]"
  doAssert not compiles(two(Box[int](), Box[string]()))
  proc two2(a: Box, b: Box): string = $typeof(b)
  doAssert compiles(two2(Box[int](), Box[int]()))
block:
  type Vec[N: static[int], T] = object
    data: array[N, T]
  proc `+`[N: static int, T](a, b: Vec[N, T]): Vec[N, T] =
    for i in 0 ..< N: result.data[i] = a.data[i] + b.data[i]
  proc dim[N, T](v: Vec[N, T]): int = N
  var v = Vec[3, int](data: [1, 2, 3])
  doAssert (v + v).data == [2, 4, 6]
  doAssert dim(v) == 3
  doAssert v.N == 3
  doAssert v.T is int
  doAssert not compiles(v + Vec[2, int]())
  type V3[T] = Vec[3, T]
  var w: V3[float]
  doAssert w is Vec[3, float]
  proc cat[A, B: static int; T](a: Vec[A, T], b: Vec[B, T]): Vec[A + B, T] =
    for i in 0 ..< A: result.data[i] = a.data[i]
    for i in 0 ..< B: result.data[A + i] = b.data[i]
  doAssert cat(v, Vec[1, int](data: [9])).data == [1, 2, 3, 9]
block:
  proc make(T: typedesc): T = default(T)
  proc make2[T](t: typedesc[T]): seq[T] = @[default(T)]
  doAssert make(int) == 0 and make(string) == ""
  doAssert make2(float) == @[0.0]
  proc name2(t: typedesc[int]): string = "int"
  proc name2(t: typedesc[string]): string = "string"
  proc name2(t: typedesc): string = "other"
  doAssert name2(int) == "int" and name2(string) == "string" and name2(float) == "other"
  proc name3(t: type int): string = "i"
  doAssert name3(int) == "i"
block:
  proc rec[T](x: T, n: static int): string =
    when n == 0: $x
    else: rec(@[x], n - 1)
  doAssert rec(1, 2) == "@[@[1]]"
block:
  type Tree[T] = ref object
    l, r: Tree[T]
    v: T
  proc insert[T](t: var Tree[T], v: T) =
    if t == nil: t = Tree[T](v: v)
    elif v < t.v: insert(t.l, v)
    else: insert(t.r, v)
  iterator walk[T](t: Tree[T]): T =
    var stack: seq[Tree[T]]
    var cur = t
    while cur != nil or stack.len > 0:
      while cur != nil:
        stack.add cur
        cur = cur.l
      cur = stack.pop
      yield cur.v
      cur = cur.r
  var t: Tree[int]
  for x in [3, 1, 2]: t.insert x
  var s: seq[int]
  for x in walk(t): s.add x
  doAssert s == @[1, 2, 3]
block:
  proc f[T](x: T): string = "generic"
  proc f(x: int): string = "int"
  proc f[T](x: seq[T]): string = "seq"
  proc f[T](x: seq[seq[T]]): string = "seqseq"
  proc f[T: ref](x: T): string = "ref"
  doAssert f(1) == "int" and f("s") == "generic" and f(@[1]) == "seq" and f(@[@[1]]) == "seqseq"
block:
  type Num = concept x, y
    x + y is typeof(x)
    x < y is bool
  proc mx[T: Num](a, b: T): T = (if a < b: b else: a)
  doAssert mx(1, 2) == 2
  doAssert not compiles(mx(true, new int))
block:
  proc opt[T](x: T, y: T = default(T)): T = y
  doAssert opt(5) == 0 and opt("a") == "" and opt(1, 2) == 2
  proc swap2[T](a, b: var T) = (let t = a; a = b; b = t)
  var (a, b) = (1, 2)
  swap2(a, b)
  doAssert (a, b) == (2, 1)
  proc explicit[T](): string = $T
  doAssert explicit[int]() == "int" and explicit[seq[string]]() == "seq[string]"
  template tt[T](x: T): string = $T & $x
  doAssert tt[int](3) == "int3" and tt("q") == "stringq"
block:
  proc sum(xs: varargs[int]): int =
    for x in xs: result += x
  proc all[T](xs: varargs[T]): int = xs.len
  doAssert sum() == 0 and sum(1, 2) == 3 and sum([4, 5]) == 9
  doAssert all("a", "b") == 2 and all[int]() == 0
  proc strs(xs: varargs[string, `$`]): string =
    for x in xs: result.add x & ";"
  doAssert strs(1, "a", 2.5, true) == "1;a;2.5;true;"
block:
  type Callback[T] = proc(x: T): T {.closure.}
  proc apply[T](f: Callback[T], x: T): T = f(x)
  let k = 10
  doAssert apply(proc(x: int): int = x + k, 5) == 15
block:
  doAssert (int | string) is int == false or true
  proc cls(x: int or string): string = (when x is int: "i" else: "s")
  doAssert cls(1) == "i" and cls("") == "s"
  type IS = int | string
  proc cls2(x: IS, y: IS): string = $typeof(x) & $typeof(y)
  doAssert compiles(cls2(1, 2))
  doAssert not compiles(cls2(1, "a"))
  proc cls3(x: distinct IS, y: distinct IS): string = $typeof(x) & $typeof(y)
  doAssert cls3(1, "a") == "intstring"
  proc tup(x: tuple): int = (for f in fields(x): inc result)
  doAssert tup((1, "a", 2)) == 3
  proc obj(x: object | ref object): string = $typeof(x)
  type O = object
  doAssert obj(O()) == "O"
  proc en[E: enum](e: E): int = ord(e)
  type EE = enum a0, a1
  doAssert en(a1) == 1
  proc pr(p: proc): string = $typeof(p)
  doAssert compiles(pr(proc() = discard))
  proc arr(x: array): int = x.len
  doAssert arr([1, 2]) == 2
  proc st(x: set): int = x.card
  doAssert st({1, 2, 3}) == 3
  proc nt[T: not string](x: T): int = 1
  doAssert compiles(nt(1)) and not compiles(nt("a"))
  proc ord2[T: Ordinal](x: T): int = ord(x)
  doAssert ord2('a') == 97 and not compiles(ord2(1.0))
echo "ok"
