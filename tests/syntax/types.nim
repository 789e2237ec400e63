type A = int
type
  B* = object of RootObj
    x*, y: int
    z {.bitsize: 3.}: int = 5
    case kind*: Kind
    of a, b: c: int
    of d:
      e: string
      f: int
    else: discard
    when defined(g):
      h: int
    elif i: j: int
    else: k: int
    ## a comment
  C {.pure, inheritable.} = ref object
  D*[T; N: static int = 5] {.final.} = array[N, T]
  E = enum
    ## A comment.
    a = "x", ## another
    b = (1, "y")
    c {.deprecated.} = 5
  F = enum f, g = 2, h
  G = tuple[a, b: int, c: string]
  H = tuple
    a: int
    b: string
  I = (int, string)
  J = proc (x: int; y = 5): string {.nimcall.}
  K = iterator (x: int): int {.closure.}
  L = proc
  M = ref int not nil
  N = distinct string
  O = ptr UncheckedArray[byte]
  P = int or string | char
  Q = var int
  R = lent T
  S = typeof(x)
  U = static int
  V = ref tuple[a: int]
  W = seq[ref int]
  X = foo"bar"
  Y = object
  Z = object {.packed.}
  A1 = concept x, var y
    x + y is int
    for i in x: i
  A2 = concept
    proc f(x: Self): int
  A3 = ref (int, string)
  A4 = distinct ref object
    x: int

type
  Record = tuple or object
  Part = object | tuple | enum
  Held = ref object or tuple
