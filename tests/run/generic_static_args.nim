discard """
  output: '''
ababab
14.0
@[0, 0]
int!string!other
int!
41
1int
truefalse
1one
57
ONOFF
dbgrel
4
8
9
seq[int] seq[int] seq[int]
true
truetruetruetrue
ok
truefalse
'''
"""
# Constants and types as arguments.
proc rep(n: static[int], s: string): string =
  for i in 0 ..< n: result.add s
echo rep(3, "ab")
type Vec[N: static int] = array[N, float]
proc dot[N: static int](a, b: Vec[N]): float =
  for i in 0 ..< N: result += a[i] * b[i]
let a: Vec[3] = [1.0,2,3]
echo dot(a, a)
proc mk(T: typedesc, n: int): seq[T] = newSeq[T](n)
echo mk(int, 2)
proc name(T: typedesc[int]): string = "int!"
proc name(T: typedesc[string]): string = "string!"
proc name(T: typedesc): string = "other"
echo name(int), name(string), name(float)
echo int.name
proc sz(t: typedesc): int = sizeof(t)
echo sz(int32), int8.sz
proc both[T](x: T, t: typedesc[T]): string = $x & $t
echo both(1, int)
template isA(x: untyped, T: typedesc): bool = x is T
echo isA(1, int), isA("a", int)
proc pick(b: static bool): auto =
  when b: 1 else: "one"
echo pick(true), pick(false)
proc cs(s: static string): int = s.len
const k = "const"
echo cs(k), cs("lit" & "eral")
type Flag = enum off, on
proc fl(f: static Flag): string =
  when f == on: "ON" else: "OFF"
echo fl(on), fl(off)
type Conf[debug: static bool] = object
proc go(c: Conf): string = (when c.debug: "dbg" else: "rel")
echo go(Conf[true]()), go(Conf[false]())
proc size[N: static int, T](x: array[N, T]): int = N
echo size([1,2,3,4])
type Fixed[N: static int] = object
  buf: array[N, char]
proc cap[N](f: Fixed[N]): int = N
echo cap(Fixed[8]())
proc cap2(f: Fixed): int = f.N
echo cap2(Fixed[9]())
proc tt[T](x: T): string = $T & " " & $typeof(x) & " " & $x.type
echo tt(@[1])
echo (proc (x: int): string) is proc
echo int is SomeInteger, @[1] is seq, @[1] is seq[int], "a" isnot int
when compiles(undefinedThing(1)): echo "no"
else: echo "ok"
proc hasLen(T: typedesc): bool = compiles(default(T).len)
echo hasLen(string), hasLen(int)
