discard """
  output: '''
0 f1
1 f1
2 f2
3 f3
4 f5
a1b2z1
c3
in try
gengen
fin
truefalse
1 3 5 6
14
true
6
boom owned1
[1, 0, 0, 0, 0]
[1, 2, 0, 0, 0]
[1, 2, 3, 0, 0]
@[11, 13, 16, 1, 3, 6]
100
300
'''
"""
# Closure iterators as values: state, arguments of each call, try around yield, closures in and around them.
import std/strutils
iterator fibs(n: int): tuple[i: int, s: string] {.closure.} =
  var a, b = 1
  for i in 0..<n:
    let t = "f" & $a
    yield (i, t)
    (a, b) = (b, a + b)
for i, s in fibs(5): echo i, " ", s
proc gen(words: seq[string]): iterator (): string =
  var calls = 0
  result = iterator (): string =
    inc calls
    for w in words:
      for c in w.split('-'):
        yield c & $calls
        inc calls
    try:
      yield "in try"
      raise newException(ValueError, "gen")
    except ValueError as e:
      yield e.msg & getCurrentExceptionMsg()
    finally:
      yield "fin"
let g = gen(@["a-b", "c"])
let h = gen(@["z"])
echo g(), g(), h()
for s in g(): echo s
echo finished(g), finished(h)
type Task = iterator (x: int): int {.closure.}
iterator acc(x: int): int {.closure.} =
  var sum = 0
  while true:
    sum += x
    if sum > 10: break
    yield sum
var tasks: seq[Task]
tasks.add acc
tasks.add acc
echo tasks[0](1), " ", tasks[0](2), " ", tasks[1](5), " ", tasks[0](3)
proc consume(it: Task): int =
  for i in 1..5: result += it(i)
echo consume(tasks[1])
echo finished(tasks[1])
iterator boom(): int {.closure.} =
  let s = "owned" & $1
  yield s.len
  raise newException(IOError, "boom " & s)
let bm = boom
echo bm()
try: echo bm()
except IOError as e: echo e.msg
iterator big(): array[5, int] {.closure.} =
  var a: array[5, int]
  for i in 0..2:
    a[i] = i + 1
    yield a
for a in big(): echo a
proc outer(): seq[int] =
  var total = 10
  iterator it(): int {.closure.} =
    for i in 1..3:
      total += i
      yield total
  for x in it(): result.add x
  total = 0
  for x in it(): result.add x
echo outer()
iterator withClosure(): proc(): int {.closure.} =
  var k = 0
  for i in 1..2:
    k += i
    yield proc(): int = k * 100
for f in withClosure(): echo f()
