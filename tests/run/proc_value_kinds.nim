discard """
  output: '''
2249
100
truetrue
add8
sub2
3.06.0true
8
n
2
99
6
11
true
-5
5
6
3
s
z
t
'''
"""
# Proc values: conventions, tables, fields, overloads and generics by the wanted type.
proc nimc(x: int): int {.nimcall.} = x + 1
proc cd(x: cint): cint {.cdecl.} = x * 2
proc inl(x: int): int {.inline.} = x * 3
type
  NC = proc (x: int): int {.nimcall.}
  CC = proc (x: int): int {.closure.}
  CD = proc (x: cint): cint {.cdecl.}
var a: NC = nimc
var b: CC = nimc
var c: CD = cd
echo a(1), b(1), c(2), inl(3)
b = proc (x: int): int = x * 100
echo b(1)
echo a == nimc, a != nil
let tab = {"add": proc (a, b: int): int = a + b, "sub": proc (a, b: int): int = a - b}
for (n, f) in tab: echo n, f(5, 3)
proc getOp(s: string): proc (a, b: float): float =
  case s
  of "+": result = proc (a, b: float): float = a + b
  of "*": result = proc (a, b: float): float = a * b
  else: discard
echo getOp("+")(1, 2), getOp("*")(2, 3), getOp("x") == nil
type Obj = object
  cb: proc (x: int): int
  name: string
let o = Obj(cb: proc (x: int): int = x + 7, name: "n")
echo o.cb(1)
proc cb(o: Obj): string = "method"
echo o.name
type
  Rec = proc (n: int): Rec2
  Rec2 = ref object
    next: Rec
    val: int
proc step(n: int): Rec2 = Rec2(next: step, val: n)
let r = step(1)
echo r.next(2).val
proc ret2(): proc (): proc (): int =
  result = proc (): proc (): int =
    result = proc (): int = 99
echo ret2()()()
var arr: seq[NC] = @[nimc, nimc]
echo arr[1](5)
proc higher(f: NC): int = f(10)
echo higher(nimc)
echo cast[pointer](nimc) != nil
proc refproc(f: var proc (x: int): int) = f = proc (x: int): int = -x
var rp: proc (x: int): int
refproc(rp)
echo rp(5)
const ct = nimc
echo ct(4)
const tbl = [nimc, nimc]
echo tbl[1](5)
proc gen[T](x: T): T = x
var gi: proc (x: int): int = gen[int]
echo gi(3)
var gi2: proc (x: string): string = gen
echo gi2("s")
proc over(x: int): int = x
proc over(x: string): string = x
var ov: proc (x: string): string = over
echo ov("z")
proc takes(f: proc (x: string): string): string = f("t")
echo takes(over)
