discard """
  output: '''
value v fin
my 42mine fin
catch io IOError fin
defect DivByZeroDefect fin
none fin
f1
f2
0
f1
caught inner
second
inner
f2
1
f1
f2
22
f1
from finally
f2
3
re
orig
@[0, 0, -1, 2, -2, 3, -3, -4]
-1
33
body 0
d2 0
d1 0
d2 1
d1 1
d2 2
d1 2
ok
0
1
2
iter done
iter done
iter done
300
0a 1b -1! 2c 
@[0, 0]
@[0, 1]
iter done
@[1, 0]
@[1, 1]
iter done
@[2, 4, 6]
12
11
11
13
@["1:1", "1:0", "2:2", "2:1", "2:0"]
105
2s!@[2, 9]
@[78, 9]
1x01y05x1
6978
lowerupperdigitother
120-1
[0, 5, 0]5
{10, 15, 20}false3
4613937818241073152 1.0
3-3255-1A973.0
value out of range: 300 notin 0 .. 255
18446744073709551615 15 -1
-3 -2 -3
5 2 9 10
xxx @[6, 2, 4] 10
'''
"""
# Ways out through try, finally, defer, iterators and closures; parameters; case; sets; conversions.
import std/[strutils, sequtils]
# exceptions
type MyErr = object of CatchableError
  code: int
proc thrower(n: int) =
  case n
  of 0: raise newException(ValueError, "v")
  of 1: raise (ref MyErr)(msg: "mine", code: 42)
  of 2: raise newException(IOError, "io")
  of 3: discard 10 div (n - 3)
  else: discard
proc t(n: int): string =
  try:
    thrower(n)
    return "none"
  except ValueError:
    result = "value " & getCurrentExceptionMsg()
  except MyErr as e:
    result = "my " & $e.code & e.msg
  except CatchableError as e:
    result = "catch " & e.msg & " " & $e.name
  except Defect as e:
    result = "defect " & $e.name
  finally:
    result.add " fin"
for i in 0..4: echo t(i)
proc nest(n: int): int =
  try:
    try:
      if n == 1: raise newException(ValueError, "inner")
      if n == 2: return 22
    finally:
      echo "f1"
      if n == 3: raise newException(IOError, "from finally")
  except ValueError:
    echo "caught inner"
    try:
      raise newException(KeyError, "second")
    except KeyError:
      echo getCurrentExceptionMsg()
    echo getCurrentExceptionMsg()
    result = 1
  except IOError as e:
    echo e.msg
    result = 3
  finally:
    echo "f2"
for i in 0..3: echo nest(i)
proc reraiser() =
  try:
    raise newException(ValueError, "orig")
  except:
    echo "re"
    raise
try: reraiser()
except ValueError as e: echo e.msg
proc loopTry: seq[int] =
  for i in 0..5:
    try:
      if i == 1: continue
      if i == 4: break
      result.add i
    finally:
      result.add -i
echo loopTry()
let v = try: parseInt("12x") except ValueError: -1
echo v
proc whileTry(): int =
  while true:
    try:
      inc result
      if result == 3: return
    finally:
      result += 10
    if result > 30: break
echo whileTry()
# defer
proc withDefer(n: int) =
  defer: echo "d1 ", n
  defer: echo "d2 ", n
  if n == 1: return
  if n == 2: raise newException(ValueError, "d")
  echo "body ", n
withDefer(0); withDefer(1)
try: withDefer(2)
except ValueError: echo "ok"
# iterators
iterator countTo(n: int): int =
  var i = 0
  try:
    while i < n:
      yield i
      inc i
  finally:
    echo "iter done"
for x in countTo(3): echo x
for x in countTo(10):
  if x == 2: break
proc find(n: int): int =
  for x in countTo(10):
    if x == n: return x * 100
  -1
echo find(3)
iterator pairsOf(s: string): (int, char) =
  for i, c in s:
    yield (i, c)
    if i == 1: yield (-1, '!')
for i, c in pairsOf("abc"): stdout.write i, c, " "
echo ""
iterator nested(n: int): seq[int] =
  for a in 0..<n:
    for b in countTo(2):
      yield @[a, b]
for s in nested(2): echo s
iterator mut(s: var seq[int]): var int =
  for i in 0..<s.len: yield s[i]
var ms = @[1,2,3]
for x in mut(ms): x *= 2
echo ms
# closures
proc counter(): (proc(): int, proc(n: int)) =
  var c = 0
  result = (proc(): int = (inc c; c), proc(n: int) = c = n)
let (nxt, st) = counter()
echo nxt(), nxt()
st(10)
echo nxt()
proc compose(f, g: proc(x: int): int): proc(x: int): int =
  result = proc(x: int): int = f(g(x))
echo compose(proc(x: int): int = x + 1, proc(x: int): int = x * 2)(5)
proc recur(n: int): int =
  proc inner(k: int): int =
    if k == 0: n else: inner(k - 1) + 1
  inner(3)
echo recur(10)
proc deep(): seq[string] =
  var log: seq[string]
  proc a(x: int) =
    proc b(y: int) =
      log.add $x & ":" & $y
      if y > 0: b(y - 1)
    b(x)
  a(1); a(2)
  log
echo deep()
var gl = 5
proc useGlobal(): proc(): int =
  let k = gl
  return proc(): int = k + gl
let ug = useGlobal()
gl = 100
echo ug()
# params
proc modi(a: var int, b: var string, c: var seq[int]) =
  a += 1; b.add "!"; c[0] = a
var (pa, pb) = (1, "s")
var pc = @[0, 9]
modi(pa, pb, pc)
echo pa, pb, pc
proc firstOf(s: var seq[int]): var int = s[0]
firstOf(pc) = 77
firstOf(pc) += 1
echo pc
proc defaults(a = 1, b = "x", c: seq[int] = @[]): string = $a & b & $c.len
echo defaults(), defaults(b = "y"), defaults(5, c = @[1])
proc oa(x: openArray[int]): int = (for y in x: result += y)
echo oa([1,2,3]), oa(@[4,5]), oa(pc.toOpenArray(0, 0))
# case/sets/strings
proc kind(c: char): string =
  case c
  of 'a'..'z', '_': "lower"
  of 'A'..'Z': "upper"
  of {'0'..'9'}: "digit"
  else: "other"
echo kind('q'), kind('Q'), kind('5'), kind('-')
proc word(s: string): int =
  case s
  of "one": 1
  of "two", "zwei": 2
  of "": 0
  else: -1
echo word("one"), word("zwei"), word(""), word("x")
var arr: array['a'..'c', int]
arr['b'] = 5
echo arr, arr['b']
type Bits = set[range[10..20]]
var bs: Bits
bs.incl 10
bs.incl 15
bs.incl 20
echo bs, 11 in bs, card(bs)
echo cast[int](3.0), " ", cast[float](4607182418800017408)
echo int(3.99), int(-3.99), uint8(255), int8(-1), char(65), ord('a'), float(3)
try:
  var i = 300
  echo range[0..255](i)
except RangeDefect as e: echo e.msg
var u: uint = 0
u -= 1
echo u, " ", u shr 60, " ", cast[int](u)
echo -17 div 5, " ", -17 mod 5, " ", 17 div -5
echo abs(-5), " ", min(3, 2), " ", max([1, 9, 3]), " ", clamp(15, 0, 10)
echo "x".repeat(3), " ", @[3,1,2].mapIt(it * 2), " ", toSeq(1..4).foldl(a + b)
