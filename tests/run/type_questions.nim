discard """
  output: '''
A[system.int] B C F It
A[seq[string]] C ptr int
A[system.int]ref Bptr int(int, string)tuple[a: int]
array[0..1, int]seq[string]set[char](int, int)stringchartypeof(nil)bool
intstringseq[int]array[0..0, int]set[range 0..65535(int)](int, int)CA[system.int]charuint8typeof(nil)
intfloatstringseq of seq of intarraytupleobjectrefproccharboolset
truefalsefalse
truetruetruefalse
truetruetruetrue
0true(x: 0)(0, "")[0, 0]
truetrue
truetruefalse
truetruetrue
truefalse
truefalsetrueint
8D1
'''
"""
# What is asked of types: names, `is`, defaults, sizes.
import std/[typetraits, macros]
type
  A[T] = object
  B = object of RootObj
    x: int
  C = ref object of B
  F = proc(x: int): string {.nimcall.}
  It = iterator(): int {.closure.}
  U = int | string
echo A[int], " ", B, " ", C, " ", F, " ", It
echo typeof(A[seq[string]]()), " ", typeof(C()), " ", typeof(addr (new int)[])
echo name(A[int]), name(ref B), name(ptr int), name((int, string)), name(tuple[a: int])
echo typeof([1, 2]), typeof(@["a"]), typeof({'a'}), typeof((1, 2)), typeof("a"), typeof('a'), typeof(nil), typeof(true)
proc g[T](x: T): string = $T
echo g(1), g("a"), g(@[1]), g([1]), g({1}), g((1, 2)), g(C()), g(A[int]()), g('c'), g(1'u8), g(nil)
proc kind[T](x: T): string =
  when T is SomeInteger: "int"
  elif T is SomeFloat: "float"
  elif T is string: "string"
  elif T is seq: "seq of " & kind(default(typeof(x[0])))
  elif T is array: "array"
  elif T is tuple: "tuple"
  elif T is object: "object"
  elif T is ref: "ref"
  elif (T is proc): "proc"
  elif T is enum: "enum"
  elif T is set: "set"
  elif T is char | bool: "charbool"
  else: "?"
echo kind(1), kind(1.0), kind("s"), kind(@[@[1]]), kind([1]), kind((1, 2)), kind(B()), kind(C()), kind(g[int]), kind('c'), kind({1})
echo int is U, float is U, U is int
echo (int, string) is tuple, (int, int) is (int, int), A[int] is A, A[int] is A[string]
echo B is RootObj, C is RootRef, C is ref B, C is ref
echo default(int), default(string) == "", default(B), default((int, string)), default(array[2, int])
var r: C
echo r == nil, r.isNil
echo F is proc, It is iterator, F is It
echo seq is seq, seq[int] is seq, array[2, int] is array[0..1, int]
type G[T: SomeNumber] = object
  v: T
echo compiles(G[int]()), compiles(G[string]())
type
  D1 = distinct int
  D2 = distinct D1
echo D1 is distinct, D1 is int, D1.distinctBase is int, D2.distinctBase
echo sizeof(D1), D1.name
