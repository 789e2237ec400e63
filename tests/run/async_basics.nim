discard """
  output: '''
(8, "text")
both
of text
i 3
[14, 16]
212
kind 0
finally 0
value error one
finally 1
value error two
finally 2
again
stopped at 3||
before
after
deferred
@["b", "a", "c"]
55
@["x", "x"]@[1, 1]
true false 6
true one
42
2
@[2, 4, 6]
@[]
@[2, 4, 6, 8]
false true
two
truetrue
Future still in progress.
completed
first 3
second
An attempt was made to complete a Future more than once. Details:
true
'''
"""
# Futures, async procs, await in any position, exceptions through await, timers in order.
import std/[asyncdispatch, asyncfutures, strutils, sequtils]

proc value(x: int): Future[int] {.async.} =
  await sleepAsync(1)
  return x * 2

proc text(): Future[string] {.async.} =
  result = "text"

proc nothing() {.async.} = discard

proc failing(kind: int): Future[int] {.async.} =
  await sleepAsync(1)
  if kind == 1: raise newException(ValueError, "one")
  if kind == 2: raise newException(KeyError, "two")
  return kind

proc sum(): Future[int] {.async.} =
  for i in 1 .. 3:
    result += await value(i)
  let pair = (await value(4), await text())
  echo pair
  if (await value(1)) == 2 and await(value(2)) == 4: echo "both"
  case await text()
  of "text": echo "of text"
  else: echo "other"
  var i = 0
  while (await value(i)) < 6: inc i
  echo "i ", i
  echo [await value(7), await value(8)]
  return result + (await value(100))

proc catches() {.async.} =
  for kind in 0 .. 2:
    try:
      echo "kind ", await failing(kind)
    except ValueError as e:
      echo "value error ", e.msg.splitLines[0]
    except KeyError:
      echo "key error ", getCurrentExceptionMsg().splitLines[0]
    finally:
      await sleepAsync(1)
      echo "finally ", kind
  try:
    discard await failing(1)
  except CatchableError:
    echo "again"

proc early(n: int): Future[string] {.async.} =
  for i in 0 ..< 10:
    if i == n:
      return "stopped at " & $i
    if i == 5: return
    await sleepAsync(0)

proc deferred() {.async.} =
  defer: echo "deferred"
  echo "before"
  await sleepAsync(1)
  echo "after"

proc worker(name: string, delay: int, log: ref seq[string]): Future[void] {.async.} =
  await sleepAsync(delay)
  log[].add name

proc recursive(n: int): Future[int] {.async.} =
  if n == 0: return 0
  return n + await recursive(n - 1)

proc gen[T](x: T): Future[seq[T]] {.async.} =
  await sleepAsync(1)
  result.add x
  result.add x

proc discards() {.async.} =
  discard await value(1)
  await nothing()
  let f = value(3)
  yield f
  echo f.finished, " ", f.failed, " ", f.read
  let g = failing(1)
  yield g
  echo g.failed, " ", g.error.msg.splitLines[0]

echo waitFor sum()
waitFor catches()
echo waitFor(early(3)), "|", waitFor(early(7)), "|"
waitFor deferred()
var log = new seq[string]
waitFor all(worker("a", 7, log), worker("b", 5, log), worker("c", 9, log))
echo log[]
echo waitFor recursive(10)
echo waitFor gen("x"), waitFor gen(1)
waitFor discards()

let lam = proc (x: int): Future[int] {.async.} =
  await sleepAsync(1)
  return x + 1
echo waitFor lam(41)

type Obj = ref object
  n: int
proc bump(o: Obj): Future[void] {.async.} =
  await sleepAsync(1)
  inc o.n
let o = Obj()
waitFor o.bump()
waitFor bump(o)
echo o.n
echo waitFor(all(value(1), value(2), value(3)))
echo waitFor(all(newSeq[Future[int]]()))
let fs = (1 .. 4).toSeq.mapIt(value(it))
echo waitFor all(fs)
echo waitFor withTimeout(sleepAsync(500), 5), " ", waitFor withTimeout(value(1), 500)
waitFor(sleepAsync(5) or sleepAsync(500))
waitFor(value(1) and value(2))
let n = failing(2)
try: discard waitFor n
except KeyError as e: echo e.msg.splitLines[0]
echo n.failed, n.finished
try:
  discard newFuture[int]().read
except ValueError as e: echo e.msg
let done = newFuture[int]("done")
done.addCallback(proc (f: Future[int]) = echo "first ", f.read)
done.addCallback(proc () = echo "second")
done.complete(3)
echo "completed"
try: poll(0)
except ValueError as e: echo e.msg
try: done.complete(4)
except FutureError as e: echo e.msg.splitLines[0]
echo hasPendingOperations()
try: poll(0)
except ValueError as e: echo e.msg
