discard """
  output: '''
int
int64
float
string
T
T
T
SomeInteger
T
SomeInteger
seq[int]
seq[T]
T
A
B
B
var int
int
int
seq
open
int,float
float,float
int,float
int8
int16
range
ref B
ref A
ref T
T
one
varargs 2
varargs 0
ib
T
TU
proc int
proc string
'''
"""
# Which of several routines that fit a call means.
proc f(x: int) = echo "int"
proc f(x: int64) = echo "int64"
proc f(x: float) = echo "float"
proc f[T](x: T) = echo "T"
proc f(x: string) = echo "string"
f(1); f(1'i64); f(1.0); f("a"); f('c'); f(1'i32); f(1'u8)
proc g(x: SomeInteger) = echo "SomeInteger"
proc g[T](x: T) = echo "T"
g(1); g(1.0); g(3'u8)
proc h[T](x: seq[T]) = echo "seq[T]"
proc h[T](x: T) = echo "T"
proc h(x: seq[int]) = echo "seq[int]"
h(@[1]); h(@["a"]); h(1)
type
  A = object of RootObj
  B = object of A
  C = object of B
proc k(x: A) = echo "A"
proc k(x: B) = echo "B"
k(A()); k(B()); k(C())
proc m(x: var int) = echo "var int"
proc m(x: int) = echo "int"
var v = 1
m(v); m(1); let l = 2; m(l)
proc n(x: openArray[int]) = echo "open"
proc n(x: seq[int]) = echo "seq"
n(@[1]); n([1,2])
proc o(x: int, y: float) = echo "int,float"
proc o(x: float, y: float) = echo "float,float"
o(1, 2); o(1.0, 2); o(1, 2.0)
proc p(x: int8) = echo "int8"
proc p(x: int16) = echo "int16"
p(1'i8); p(1'i16)
proc q(x: range[0..10]) = echo "range"
proc q(x: string) = echo "str"
q(3)
proc r(x: ref A) = echo "ref A"
proc r(x: ref B) = echo "ref B"
type RA = ref A
type RC = ref C
r(RC()); r(RA())
proc s[T](x: ref T) = echo "ref T"
proc s[T](x: T) = echo "T"
s((ref A)()); s(1)
proc t(x: varargs[string]) = echo "varargs ", x.len
proc t(x: string) = echo "one"
t("a"); t("a", "b"); t()
proc u(a: int, b = 2) = echo "ib"
proc u(a: int) = echo "i"
u(1, 3)
proc w[T: int|float](x: T) = echo "int|float"
proc w[T](x: T) = echo "T"
w("")
proc y[T](a, b: T) = echo "TT"
proc y[T, U](a: T, b: U) = echo "TU"
y(1, "a")
proc z(x: proc (a: int): int) = echo "proc int"
proc z(x: proc (a: string): string) = echo "proc string"
z(proc (a: int): int = a)
z(proc (a: string): string = a)
