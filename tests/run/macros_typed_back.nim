discard """
  output: '''
5
@[0, 1, 4, 9]
4
1x
x
00
01
5
raised
finally
32.04
9
100
10
9 big 1.5true
(5, "az")
abc9dadab5
3[9, 10]{1, 2, 9}9
4.59.010true
(a: 8, b: 2)10true
15
5true18446744073709551615
2
xy
0
3
10
11
2
12
'''
"""
# What a macro took typed means the same when it gives it back.
import macros, sugar

macro same(x: typed): untyped = x

template twice(body: untyped) =
  body
  body
template squared(x: int): int = x * x

proc statements(n: var int) =
  same:
    twice:
      inc n
    echo n
  same:
    var squares: seq[int]
    for i in 0 .. 3:
      squares.add squared(i)
    echo squares
  echo squares.len
  same:
    let (a, b) = (1, "x")
    echo a, b
  echo b
  same:
    block outer:
      for i in 0 .. 3:
        for j in 0 .. 3:
          if i * j == 2: break outer
          elif i != 0 or j notin [0, 1]: continue
          else: echo i, j
  same:
    case n
    of 0 .. 2, 7: echo "low"
    elif n in {5, 8}: echo "5"
    else: echo "else"
  same:
    try:
      if n > 0: raise newException(ValueError, "raised")
    except ValueError as e: echo e.msg
    except KeyError, IOError: discard
    finally: echo "finally"
  same:
    let small = 3'i8
    let real: float = 2
    var wide: int64 = small
    wide += 1
    echo small, real, wide
  same: n = n * 2
  same:
    while n > 3:
      dec n
      if n mod 2 == 0: continue
      break

proc values(n: int) =
  echo same(squared(n + 1))
  echo same(proc (x: int): int = x + n)(1)
  let size = same(if n > 3: "big" else: "small")
  same: echo(n, " ", size, ' ', 1.5, true)
  var pair = same((1, "a"))
  same: pair[1].add "z"
  same: pair[0] = 5
  echo pair
  var text = same("abc" & $n & "d")
  echo text, same(text[0]), same(text[^1]), same(text[0 .. 1]), same(text.len)
  echo same(@[1, 2, 3].len), same([n, n + 1]), same({1, 2, n}), same(cast[uint8](n))
  echo same(n.float / 2), same(float(n)), same(int8(n) + 1), same(n is int)

type O = object
  a, b: int

var n = 3
statements n
echo n
values n
var o = same(O(a: 1, b: 2))
same: o.a = 4
same: o.a += 4
echo same(o), same(o.a + o.b), same(o == o)

macro increased(x: typed): untyped =
  proc walk(n: NimNode): NimNode =
    case n.kind
    of nnkIntLit: newLit(n.intVal.int + 1)
    of nnkSym, nnkIdent: n
    else:
      let copy = copyNimNode(n)
      for kid in n: copy.add walk(kid)
      copy
  walk(x)

echo increased(o.a + 2 * 3)

# A name that stands for a template, a constant that is named like a type, and a body that is checked for each field.
template here(): string = "there"
type Mode {.pure.} = enum on, auto
same:
  echo here.len, Mode.auto in {Mode.on, Mode.auto}, 0xFFFF_FFFF_FFFF_FFFF'u64
same:
  for field in fields((1, "x")):
    when field is int: echo field * 2
    else: echo field & "y"

# A macro within the argument is given what the argument declares.
macro inner(x: typed): untyped =
  let value = genSym(nskVar, "value")
  newStmtList(newVarStmt(value, x), newCall(ident"echo", value))
same:
  for i in 0 .. 1:
    let twice = i * 2
    inner(twice + i)
proc around(n: int) =
  same:
    for i in n .. n + 1: inner(i + n)
around(5)

# A value that is called, and a lambda whose parameters are named like variables.
{.experimental: "callOperator".}
type Caller = object
proc `()`(c: Caller, x: int): int = x + 1
let caller = Caller()
same: echo caller(1)
proc folded(f: proc (n, o: int): int): int = f(3, 4)
same: echo folded((n, o) => n * o)
