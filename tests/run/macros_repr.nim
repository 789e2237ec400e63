discard """
  output: '''
[var x, y: int = 5]
[let (a, b) = (1, 2)]
[const
  c = "s"]
[type
  Foo = object
    a*, b: int
    c {.nope.}: string

  Bar* = ref object of RootObj
    case kind: bool
    of true:
      x: int
    else:
      nil
  
  E = enum
    eA, eB = 3, eC = (5, "five")
  T = tuple[a: int, b: string]
  D = distinct int
  G[T] = seq[T]
  P = proc (x: int): string {.closure.}
  R = range[0 .. 5]
  Cc = concept x
      x < x
  Pp = ptr int]
[x = 5]
[x += 1]
[foo.bar = 3]
[foo[1] = 2]
[foo(1, b = 2)]
[foo 1, 2]
[foo.bar(1)]
[foo.bar 1]
[if a:
  b
elif c:
  d
else:
  e]
[when defined(x):
  discard]
[case x
of 1, 2:
  a
of 3 .. 4:
  b
else:
  c]
[while true:
  break]
[for a, b in pairs(x):
  continue]
[try:
  a
except ValueError as e:
  b
except:
  c
finally:
  d]
[block foo:
  discard]
[block:
  discard]
[return]
[return 5]
[raise newException(A, "x")]
[raise]
[yield 4]
[discard foo()]
[
defer:
  x]
[import
  a, b / c
]
[import
  std / [a, b]
]
[from a import b, c
]
[import a except b
]
[include
  q
]
[export
  a
]
{
var x, y: int = 5
let (a, b) = (1, 2)
const
  c = "s"
type
  Foo = object
    a*, b: int
    c {.nope.}: string

  Bar* = ref object of RootObj
    case kind: bool
    of true:
      x: int
    else:
      nil
  
  E = enum
    eA, eB = 3, eC = (5, "five")
  T = tuple[a: int, b: string]
  D = distinct int
  G[T] = seq[T]
  P = proc (x: int): string {.closure.}
  R = range[0 .. 5]
  Cc = concept x
      x < x
  Pp = ptr int
x = 5
x += 1
foo.bar = 3
foo[1] = 2
foo(1, b = 2)
foo 1, 2
foo.bar(1)
foo.bar 1
if a:
  b
elif c:
  d
else:
  e
when defined(x):
  discard
case x
of 1, 2:
  a
of 3 .. 4:
  b
else:
  c
while true:
  break
for a, b in pairs(x):
  continue
try:
  a
except ValueError as e:
  b
except:
  c
finally:
  d
block foo:
  discard
block:
  discard
return
return 5
raise newException(A, "x")
raise
yield 4
discard foo()
defer:
  x
import
  a, b / c

import
  std / [a, b]

from a import b, c

import a except b

include
  q

export
  a
}
[proc p*[T; U: int](a, b: T; c: var U = 3): int {.inline, raises: [].} =
  ## doc
  result = 1
]
[func f(x: int): int]
[iterator it(a: int): int =
  yield a
]
[template tt(x: untyped): untyped {.dirty.} =
  x
]
[macro mm(x: untyped): untyped =
  x
]
[converter cc(x: int): string =
  $x
]
[method m(x: Foo) {.base.} =
  discard
]
[let l = proc (x: int): int =
  x]
[let k = (x: int) => x]
[let z = func (x: int): int =
  x
]
[foo(do (x: int)-> int:
  x)]
[foo do:
  bar]
[foo(1) do:
  bar]
[foo 1:
  bar]
[let q = if a:
  1 else:
  2]
[let r = case x
of 1:
  2
else:
  3]
[let s = block:
  5]
[let t = try:
  1
except:
  2]
{
proc p*[T; U: int](a, b: T; c: var U = 3): int {.inline, raises: [].} =
  ## doc
  result = 1

func f(x: int): int
iterator it(a: int): int =
  yield a

template tt(x: untyped): untyped {.dirty.} =
  x

macro mm(x: untyped): untyped =
  x

converter cc(x: int): string =
  $x

method m(x: Foo) {.base.} =
  discard

let l = proc (x: int): int =
  x
let k = (x: int) => x
let z = func (x: int): int =
  x

foo(do (x: int)-> int:
  x)
foo:
  bar
foo(1):
  bar
foo 1:
  bar
let q = if a:
  1 else:
  2
let r = case x
of 1:
  2
else:
  3
let s = block:
  5
let t = try:
  1
except:
  2}
[1]
[1'i8]
[1'u]
['a']
[1.5]
[1000.0'f32]
["s"]
[r"raw"]
[nil]
[10'big]
[-1]
[not a]
[a and b or c]
[@[1, 2]]
[[1, 2]]
[{1, 2}]
[{1: 2, "a": 3}]
[{:}]
[{}]
[()]
[(1,)]
[(1, 2)]
[(a: 1, b: 2)]
[Foo(a: 1)]
[cast[int](x)]
[addr x]
[x[]]
[x[1, 2]]
[x{1}]
[x[1 .. ^2]]
[a.b.c]
[`foo`]
[`foo bar`]
[`+`(1, 2)]
[a .. b]
[a in b]
[a notin b]
[a is int]
[a isnot int]
[a as b]
[$x]
[fmt"x{y}"]
[foo.fmt"x"]
[x do:
  int]
[typeof(x)]
[static :
  foo]
[
a
b]
[
let a = 1
a]
[let a {.foo: 3, bar.} = 3]
[a * b]
[a -> b]
[not (a)]
[foo.bar[1](2)]
[a[b: c]]
[var x: ref int]
[var f: proc]
[var f: proc ()]
[var f: iterator (x: int): int]
[var t: tuple]
[var t: (int, string)]
[var a: array[3, int]]
[var a: var int]
[var a: not nil]
[var v: static[int]]
[var v: static int]
[var v: typedesc[int]]
[var v: int | float]
[mixin a, b]
[bind c]
[using x: int]
[asm "nop"]
[discard]
[nil]
[a.`b`]
[x.f(1).g(2)]
[echo a, b]
[echo(a, b)]
[echo a(b), c]
[echo -1]
[echo - 1]
[echo a:
  b]
[a = b]
[(a, b) = c]
[a := b]
[let
  a = 1
  b: int = 2]
[## doc comment]
[foo]
{
1
1'i8
1'u
'a'
1.5
1000.0'f32
"s"
r"raw"
nil
10'big
-1
not a
a and b or c
@[1, 2]
[1, 2]
{1, 2}
{1: 2, "a": 3}
{:}
{}
()
(1,)
(1, 2)
(a: 1, b: 2)
Foo(a: 1)
cast[int](x)
addr x
x[]
x[1, 2]
x{1}
x[1 .. ^2]
a.b.c
`foo`
`foo bar`
`+`(1, 2)
a .. b
a in b
a notin b
a is int
a isnot int
a as b
$x
fmt"x{y}"
foo.fmt"x"
x:
  int
typeof(x)
static :
  foo
a
b
let a = 1
a
let a {.foo: 3, bar.} = 3
a * b
a -> b
not (a)
foo.bar[1](2)
a[b: c]
var x: ref int
var f: proc
var f: proc ()
var f: iterator (x: int): int
var t: tuple
var t: (int, string)
var a: array[3, int]
var a: var int
var a: not nil
var v: static[int]
var v: static int
var v: typedesc[int]
var v: int | float
mixin a, b
bind c
using x: int
asm "nop"
discard
nil
a.`b`
x.f(1).g(2)
echo a, b
echo(a, b)
echo a(b), c
echo -1
echo - 1
echo a:
  b
a = b
(a, b) = c
a := b
let
  a = 1
  b: int = 2
## doc comment
foo}
[type
  A* {.pure, inheritable.} = object]
[type
  B*[T] {.foo.} = object of A
    x: T
    when true:
        y: int

    case k: E
    of a, b:
        z: int
        w: string

    of c:
      nil
    else:
        q: int

  
  C = object
  D = enum
    a, b = 1, c = "x", d {.foo.}
  E = ref int
  F = (int, string)
  G = int or string
  H = proc (a: int; b = 3) {.cdecl.}
  I = iterator (): int {.closure.}
  J = concept
      proc foo(x: Self)
  K = tuple[a: int, b, c: string]
  L = var int
  M = distinct ref object
  N {.importc.} = object
    a {.bitsize: 3.}: int
]
[for i in 0 .. 3:
  discard]
[for (a, b) in x:
  discard]
[for i, (a, b) in x:
  discard]
[while a:
  b
  c]
[if a:
  b
else:
  c]
[proc `+`*(a, b: int): int =
  a
]
[proc foo(x: int) =
  discard
]
[proc foo(): int =
  3
]
[proc foo(a: int = 1; b: openArray[int]; c: varargs[string, `$`])]
[proc foo() {.importc: "x", header: "y".}]
[let x = foo(a)(b)]
[a.b(c).d do:
  e]
[x.add do:
  y]
[f(a) do:
  b]
[result.x[y] = z]
[var (x, y) = f()]
[var a, b = 1]
[const
  A = 1
  B: int = 2]
[let x {.inject.}: int = 1]
[export
  foo.bar
]
[a.b = if c:
  d else:
  e]
[return if a:
  b else:
  c]
[assert a == b, "c"]
[a[^1]]
[not a.b]
[a.b.not]
[-a.b]
[-a + b]
[a + b * c]
[a and not b]
[a == b and c != d]
[a & b & c]
[x ?= y]
{
type
  A* {.pure, inheritable.} = object
type
  B*[T] {.foo.} = object of A
    x: T
    when true:
        y: int

    case k: E
    of a, b:
        z: int
        w: string

    of c:
      nil
    else:
        q: int

  
  C = object
  D = enum
    a, b = 1, c = "x", d {.foo.}
  E = ref int
  F = (int, string)
  G = int or string
  H = proc (a: int; b = 3) {.cdecl.}
  I = iterator (): int {.closure.}
  J = concept
      proc foo(x: Self)
  K = tuple[a: int, b, c: string]
  L = var int
  M = distinct ref object
  N {.importc.} = object
    a {.bitsize: 3.}: int

for i in 0 .. 3:
  discard
for (a, b) in x:
  discard
for i, (a, b) in x:
  discard
while a:
  b
  c
if a:
  b
else:
  c
proc `+`*(a, b: int): int =
  a

proc foo(x: int) =
  discard

proc foo(): int =
  3

proc foo(a: int = 1; b: openArray[int]; c: varargs[string, `$`])
proc foo() {.importc: "x", header: "y".}
let x = foo(a)(b)
a.b(c).d:
  e
x.add:
  y
f(a):
  b
result.x[y] = z
var (x, y) = f()
var a, b = 1
const
  A = 1
  B: int = 2
let x {.inject.}: int = 1
export
  foo.bar

a.b = if c:
  d else:
  e
return if a:
  b else:
  c
assert a == b, "c"
a[^1]
not a.b
a.b.not
-a.b
-a + b
a + b * c
a and not b
a == b and c != d
a & b & c
x ?= y}
[foo(aaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,
    cccccccccccccccccccccc, ddddddddddd)]
[let x = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbbbbbbbbbb +
    cccccccccccccccccccccccccc +
    ddddddddd]
[proc fooooooooooooooooooooo(aaaaaaaaaaaaaaaaaaaaa: int;
                            bbbbbbbbbbbbbbbbbbbbbbbbbb: string;
                            cccccccccccccccccc: float): int]
[@["aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbb",
  "ccccccccccccccccccccc", "dddddddddddddddddddd"]]
[if aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa and
    bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb or
    cccccccccccccccc:
  x]
[echo "hello", "world", aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,
     bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccccc]
[for i in 0 ..< 10:
  if i > 5:
    echo i
  else:
    while x:
      foo()
      bar()]
[when true:
  type
    A = object
      x: int
]
[proc nested() =
  proc inner(x: int) =
    echo x

  inner(3)
  let z = case q
  of 1:
    2
  else:
    3
]
[a.b(c, d).e(f)]
[result.add quote do:
  x]
[x = if a:
  b elif c:
  d else:
  e]
[(proc () =
  echo 1)()]
[foo(x = proc (a: int): int =
  a + 1)]
[let f = proc (x, y: int): int {.closure.} =
  let z = x
  z + y]
[not (a and b)]
[-(a + b)]
[(a + b) * c]
[a.b = c]
[a[b] = c]
[`a b` = 3]
[var (a, b) = (1, 2)]
[discard @[1].map(x => x + 1)]
[try:
  foo()
except:
  bar()]
["a\nb\tc\"d\\e\'f"]
['\n']
['\'']
["ünï"]
[1000]
[10000000000.0]
[0.1'f64]
[5'u8]
[a ..< b]
[a ..^ 1]
{
foo(aaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,
    cccccccccccccccccccccc, ddddddddddd)
let x = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbbbbbbbbbb +
    cccccccccccccccccccccccccc +
    ddddddddd
proc fooooooooooooooooooooo(aaaaaaaaaaaaaaaaaaaaa: int;
                            bbbbbbbbbbbbbbbbbbbbbbbbbb: string;
                            cccccccccccccccccc: float): int
@["aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbb",
  "ccccccccccccccccccccc", "dddddddddddddddddddd"]
if aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa and
    bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb or
    cccccccccccccccc:
  x
echo "hello", "world", aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,
     bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccccc
for i in 0 ..< 10:
  if i > 5:
    echo i
  else:
    while x:
      foo()
      bar()
when true:
  type
    A = object
      x: int

proc nested() =
  proc inner(x: int) =
    echo x

  inner(3)
  let z = case q
  of 1:
    2
  else:
    3

a.b(c, d).e(f)
result.add quote do:
  x
x = if a:
  b elif c:
  d else:
  e
(proc () =
  echo 1)()
foo(x = proc (a: int): int =
  a + 1)
let f = proc (x, y: int): int {.closure.} =
  let z = x
  z + y
not (a and b)
-(a + b)
(a + b) * c
a.b = c
a[b] = c
`a b` = 3
var (a, b) = (1, 2)
discard @[1].map(x => x + 1)
try:
  foo()
except:
  bar()
"a\nb\tc\"d\\e\'f"
'\n'
'\''
"ünï"
1000
10000000000.0
0.1'f64
5'u8
a ..< b
a ..^ 1}
'''
"""
# The text of trees, as Nim lays it out.
import std/macros
macro rr(x: untyped): untyped =
  result = newStmtList()
  for k in x: result.add newCall("echo", newLit("[" & k.repr & "]"))
  result.add newCall("echo", newLit("{" & x.repr & "}"))
rr:
  var x, y: int = 5
  let (a, b) = (1, 2)
  const c = "s"
  type
    Foo = object
      a*, b: int
      c {.nope.}: string
    Bar* = ref object of RootObj
      case kind: bool
      of true: x: int
      else: discard
    E = enum eA, eB = 3, eC = (5, "five")
    T = tuple[a: int, b: string]
    D = distinct int
    G[T] = seq[T]
    P = proc (x: int): string {.closure.}
    R = range[0..5]
    Cc = concept x
      x < x
    Pp = ptr int
  x = 5
  x += 1
  foo.bar = 3
  foo[1] = 2
  foo(1, b = 2)
  foo 1, 2
  foo.bar(1)
  foo.bar 1
  if a: b
  elif c: d
  else: e
  when defined(x): discard
  case x
  of 1, 2: a
  of 3..4: b
  else: c
  while true: break
  for a, b in pairs(x): continue
  try: a
  except ValueError as e: b
  except: c
  finally: d
  block foo: discard
  block: discard
  return
  return 5
  raise newException(A, "x")
  raise
  yield 4
  discard foo()
  defer: x
  import a, b/c
  import std/[a, b]
  from a import b, c
  import a except b
  include q
  export a
rr:
  proc p*[T; U: int](a, b: T, c: var U = 3): int {.inline, raises: [].} =
    ## doc
    result = 1
  func f(x: int): int
  iterator it(a: int): int = yield a
  template tt(x: untyped): untyped {.dirty.} = x
  macro mm(x: untyped): untyped = x
  converter cc(x: int): string = $x
  method m(x: Foo) {.base.} = discard
  let l = proc (x: int): int = x
  let k = (x: int) => x
  let z = func (x: int): int = x
  foo do (x: int) -> int:
    x
  foo:
    bar
  foo(1):
    bar
  foo 1:
    bar
  let q = if a: 1 else: 2
  let r = case x
    of 1: 2
    else: 3
  let s = block: 5
  let t = try: 1 except: 2
rr:
  1; 1'i8; 1'u; 'a'; 1.5; 1e3'f32; "s"; r"raw"; nil; 10'big
  -1
  not a
  a and b or c
  @[1, 2]
  [1, 2]
  {1, 2}
  {1: 2, "a": 3}
  {:}
  {}
  ()
  (1,)
  (1, 2)
  (a: 1, b: 2)
  Foo(a: 1)
  cast[int](x)
  addr x
  x[]
  x[1, 2]
  x{1}
  x[1 .. ^2]
  a.b.c
  `foo`
  `foo bar`
  `+`(1, 2)
  a..b
  a in b
  a notin b
  a is int
  a isnot int
  a as b
  $x
  fmt"x{y}"
  foo.fmt"x"
  x: int
  typeof(x)
  static: foo
  (a; b)
  (let a = 1; a)
  let a {.foo: 3, bar.} = 3
  a*b
  a -> b
  not(a)
  foo.bar[1](2)
  a[b: c]
  var x: ref int
  var f: proc
  var f: proc ()
  var f: iterator (x: int): int
  var t: tuple
  var t: (int, string)
  var a: array[3, int]
  var a: var int
  var a: not nil
  var v: static[int]
  var v: static int
  var v: typedesc[int]
  var v: int | float
  mixin a, b
  bind c
  using x: int
  asm "nop"
  discard
  nil
  a.`b`
  x.f(1).g(2)
  echo a, b
  echo(a, b)
  echo a(b), c
  echo -1
  echo - 1
  echo a: b
  a = b
  (a, b) = c
  a := b
  let
    a = 1
    b: int = 2
  # comment
  ## doc comment
  foo
rr:
  type A* {.pure, inheritable.} = object
  type
    B* [T] {.foo.} = object of A
      x: T
      when true:
        y: int
      case k: E
      of a, b:
        z: int
        w: string
      of c: nil
      else:
        q: int
    C = object
    D = enum
      a
      b = 1
      c = "x"
      d {.foo.}
    E = ref int
    F = (int, string)
    G = int or string
    H = proc (a: int, b = 3) {.cdecl.}
    I = iterator (): int {.closure.}
    J = concept
      proc foo(x: Self)
    K = tuple
      a: int
      b, c: string
    L = var int
    M = distinct ref object
    N {.importc.} = object
      a {.bitsize: 3.}: int
  for i in 0..3: discard
  for (a, b) in x: discard
  for i, (a, b) in x: discard
  while a:
    b
    c
  if a: b else: c
  proc `+`*(a, b: int): int = a
  proc foo(x: int) = discard
  proc foo: int = 3
  proc foo(a: int = 1, b: openArray[int], c: varargs[string, `$`])
  proc foo() {.importc: "x", header: "y".}
  let x = foo(a)(b)
  a.b(c).d: e
  x.add do: y
  f(a) do: b
  result.x[y] = z
  var (x, y) = f()
  var a, b = 1
  const
    A = 1
    B: int = 2
  let x {.inject.}: int = 1
  export foo.bar
  a.b = if c: d else: e
  return if a: b else: c
  assert a == b, "c"
  a[^1]
  not a.b
  a.b.not
  -a.b
  -a + b
  a + b * c
  a and not b
  a == b and c != d
  a & b & c
  x ?= y
rr:
  foo(aaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccc, ddddddddddd)
  let x = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbbbbbbbbbbbbbbbbbbb + cccccccccccccccccccccccccc + ddddddddd
  proc fooooooooooooooooooooo(aaaaaaaaaaaaaaaaaaaaa: int, bbbbbbbbbbbbbbbbbbbbbbbbbb: string, cccccccccccccccccc: float): int
  @["aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbb", "ccccccccccccccccccccc", "dddddddddddddddddddd"]
  if aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa and bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb or cccccccccccccccc: x
  echo "hello", "world", aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, ccccccccc
  for i in 0 ..< 10:
    if i > 5:
      echo i
    else:
      while x:
        foo()
        bar()
  when true:
    type A = object
      x: int
  proc nested() =
    proc inner(x: int) =
      echo x
    inner(3)
    let z = case q
      of 1: 2
      else: 3
  a.b(c, d).e(f)
  result.add quote do:
    x
  x = if a: b elif c: d else: e
  (proc () = echo 1)()
  foo(x = proc (a: int): int = a + 1)
  let f = proc (x, y: int): int {.closure.} =
    let z = x
    z + y
  not (a and b)
  -(a + b)
  (a + b) * c
  a.b = c
  a[b] = c
  `a b` = 3
  var (a, b) = (1, 2)
  discard @[1].map(x => x + 1)
  try: foo() except: bar()
  "a\nb\tc\"d\\e'f"
  '\n'
  '\''
  "ünï"
  1_000
  1.0e10
  0.1'f64
  5'u8
  a ..< b
  a..^1
