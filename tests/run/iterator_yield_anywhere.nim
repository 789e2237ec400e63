discard """
  output: '''
1
5
1
2
oops
3
fin
4
0
200
100
200
2
200
1
cleanup
0 10 11 20 21 22 
few
more
many
10 20 21 30 31 32 
1
2
3
00
11
22
x1
yy
1
2
deferred
1
deferred c
a1: A
a2: A
a1: B
p
q
1
2
3
1
2
4
'''
"""
# Yields within try, loops, conditions and blocks; iterators as tasks.
iterator ex(): int {.closure.} =
  let x = if true:
      yield 1
      5
    else: 2
  yield x
for x in ex(): echo x
iterator withFinally(): int {.closure.} =
  try:
    yield 1
    raise newException(ValueError, "oops")
  except ValueError as e:
    yield 2
    echo e.msg
  finally:
    yield 3
    echo "fin"
  yield 4
for x in withFinally(): echo x
iterator nestedTry(): int {.closure.} =
  for i in 0..2:
    try:
      if i == 1: raise newException(KeyError, "k")
      yield i
    except KeyError:
      yield 100
    finally:
      yield 200
for x in nestedTry(): echo x
iterator retEarly(): int {.closure.} =
  try:
    yield 1
    return
  finally:
    echo "cleanup"
for x in retEarly(): echo x
iterator brk(): int {.closure.} =
  block outer:
    for i in 0..5:
      for j in 0..5:
        if i * j == 6: break outer
        if j > i: continue
        yield i * 10 + j
for x in brk(): stdout.write x, " "
echo ""
iterator cs(n: int): string {.closure.} =
  case n
  of 0: yield "zero"
  of 1..3:
    yield "few"
    yield "more"
  else: yield "many"
for s in cs(2): echo s
for s in cs(9): echo s
iterator inl(n: int): int =
  var i = 0
  while true:
    if i >= n: break
    yield i
    inc i
iterator outer(n: int): int =
  for x in inl(n):
    for y in inl(x): yield x * 10 + y
for x in outer(4): stdout.write x, " "
echo ""
iterator m(): int {.closure.} =
  var s = ""
  for c in "abc":
    s.add c
    yield s.len
for x in m(): echo x
proc zip2(a, b: iterator (): int): iterator (): (int, int) =
  result = iterator (): (int, int) {.closure.} =
    while true:
      let x = a()
      let y = b()
      if finished(a) or finished(b): break
      yield (x, y)
proc rng(n: int): iterator (): int =
  result = iterator (): int =
    for i in 0..<n: yield i
let zz = zip2(rng(3), rng(5))
for a, b in zz(): echo a, b
iterator args(a: int, b: string): string {.closure.} =
  yield b & $a
  yield b & b
var it = args
echo it(1, "x")
echo it(2, "y")
iterator defr(): int =
  defer: echo "deferred"
  yield 1
  yield 2
for x in defr(): echo x
iterator cl(): int {.closure.} =
  defer: echo "deferred c"
  yield 1
for x in cl(): echo x
# tasks
type Task = iterator (ticker: int) {.closure.}
iterator a1(ticker: int) {.closure.} =
  echo "a1: A"
  yield
  echo "a1: B"
  yield
iterator a2(ticker: int) {.closure.} =
  echo "a2: A"
  yield
proc runTasks(t: varargs[Task]) =
  var ticker = 0
  while true:
    let x = t[ticker mod t.len]
    if finished(x): break
    x(ticker)
    inc ticker
runTasks(a1, a2)
iterator lentIt(s: seq[string]): lent string =
  for i in 0 ..< s.len: yield s[i]
for s in lentIt(@["p","q"]): echo s
iterator whileExpr(): int {.closure.} =
  var n = 0
  while (inc n; n < 4):
    yield n
for x in whileExpr(): echo x
iterator andOr(): int {.closure.} =
  if (block:
        yield 1
        true) and (block:
        yield 2
        false):
    yield 3
  yield 4
for x in andOr(): echo x
