discard """
  output: '''
66
bbcbb
@["a", "new"]
N=3
8
[0, 1, 2, 3]
int type int8string typevalue of charvalue of seq[int]
12765535
full 2
(data: ['a', 'b'], len: 2)
@[1, 20, 3]true
@[1, 21, 5]
intstr
true
8false
truetrue
32551.0A
0truetruetruetrue
'''
"""
# Results that are places, static and type parameters, iterators over places.
# addr as method, sink/lent/var return, static, typedesc overloads
import strutils
var x = 5
let p = x.addr
p[] = 6
echo x, x.unsafeAddr[]
type
  Stack[T] = object
    items: seq[T]
proc top[T](s: Stack[T]): lent T = s.items[s.items.high]
proc topVar[T](s: var Stack[T]): var T = s.items[s.items.high]
proc push[T](s: var Stack[T], x: sink T) = s.items.add x
var st: Stack[string]
st.push "a"
var str = "bb"
st.push str
st.topVar.add "c"
echo st.top, str
st.topVar() = "new"
echo st.items
proc fixed[N: static int](a: array[N, int]): string = "N=" & $N
echo fixed([1, 2, 3])
proc pw[E: static int](x: int): int =
  result = 1
  for _ in 1..E: result *= x
echo pw[3](2)
proc sized(n: static int): array[n, int] =
  for i in 0..<n: result[i] = i
echo sized(4)
proc info(T: typedesc[SomeInteger]): string = "int type " & $T
proc info(T: typedesc[string]): string = "string type"
proc info[T](x: T): string = "value of " & $T
echo info(int8), info(string), info('c'), info(@[1])
template maxVal(T: typedesc): untyped = high(T)
echo maxVal(int8), maxVal(uint16)
type
  Fixed[N: static int, T] = object
    data: array[N, T]
    len: int
proc add[N, T](f: var Fixed[N, T], x: T) =
  if f.len == N: raise newException(IndexDefect, "full " & $N)
  f.data[f.len] = x
  inc f.len
var ff: Fixed[2, char]
ff.add 'a'; ff.add 'b'
try: ff.add 'c'
except IndexDefect as e: echo e.msg
echo ff
proc find(s: var seq[int], v: int): ptr int =
  for y in s.mitems:
    if y == v: return addr y
var sq = @[1, 2, 3]
sq.find(2)[] = 20
echo sq, sq.find(9) == nil
iterator mpairs2(s: var seq[int]): (int, var int) =
  for i in 0..<s.len: yield (i, s[i])
for i, v in mpairs2(sq): v += i
echo sq
proc getOr[T](x: T | ref T): string = "ok"
proc multi(x: int | string): string =
  when x is int: "int" else: "str"
echo multi(3), multi("s")
proc optRef(x: ref int = nil): bool = x.isNil
echo optRef()
var fp: proc (x: int): int = proc (x: int): int = x * 2
echo fp(4), fp.isNil
fp = nil
echo fp.isNil, fp == nil
echo cast[int](3'i8), cast[uint8](-1'i8), cast[float](0x3ff0000000000000), cast[char](65)
let t = typeof(x).default
echo t, typeof(sq) is seq, sq is seq[int], int is SomeInteger, (int, string) is tuple
