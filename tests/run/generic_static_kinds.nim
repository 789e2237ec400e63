discard """
  output: '''
3
falsefalsefalsefalse
3
'''
"""
# Kinds of `static` parameters of types, and values that do not fit them.
type
  V[N: static int] = object
    d: array[N, int]
  S[X: static string] = object
  E = enum a, b
  P[M: static E] = object
  R[K: static range[0..5]] = object
  U[K: static uint8] = object
  F[K: static float] = object
  B[K: static bool] = object
var v: V[3]
var s: S["x"]
var p: P[b]
var r: R[3]
var u: U[200]
var f: F[1.5]
var f2: F[2]
var bb: B[true]
const k = 4'i8
echo v.d.len
echo compiles((var z: V["a"])), compiles((var z: S[3])), compiles((var z: P[3])), compiles((var z: B[1]))
proc g[N: static int](x: V[N]): int = N
echo g(v)
