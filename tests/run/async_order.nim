discard """
  output: '''
ping 3
pong 2
ping 1
pong 0
b starts
a starts
started
a ends
b has 1
2
got 1
got 2
got 3
true 0
true >x >x
false
true >xy >xy
false
base
derived
nobody waits
50
@[1, 2, 3]
now
soon
later
a starts
a ends
4
twice
twice
3!
<3>
false
true
3
event
'''
"""
# Who runs when: synchronous starts, callbacks in rounds, checks, streams, variables, forward declarations, methods.
import std/[asyncdispatch, asyncstreams, deques]
from std/strutils import splitLines

proc ping(n: int): Future[void]
proc pong(n: int): Future[void] {.async.} =
  echo "pong ", n
  if n > 0: await ping(n - 1)
proc ping(n: int) {.async.} =
  echo "ping ", n
  if n > 0: await pong(n - 1)
waitFor ping(3)

proc a(): Future[int] {.async.} =
  echo "a starts"
  await sleepAsync(10)
  echo "a ends"
  return 1
proc b(): Future[int] {.async.} =
  echo "b starts"
  let x = await a()
  echo "b has ", x
  return x + 1
let f = b()
echo "started"
echo waitFor f

proc producer(s: FutureStream[int]) {.async.} =
  for i in 1 .. 3:
    await s.write(i)
    await sleepAsync(1)
  s.complete()
proc consumer(s: FutureStream[int]) {.async.} =
  while true:
    let (there, value) = await s.read()
    if not there: break
    echo "got ", value
  echo s.finished, " ", s.len
let s = newFutureStream[int]("main")
asyncCheck producer(s)
waitFor consumer(s)

proc fill(into: FutureVar[string], n: int) {.async.} =
  into.mget.add "x"
  if n == 1: return
  await sleepAsync(1)
  into.mget.add "y"
for n in 1 .. 2:
  let v = newFutureVar[string]("v")
  v.mget() = ">"
  waitFor fill(v, n)
  echo v.finished, " ", v.read, " ", v.mget
  v.clean()
  echo v.finished

type
  Base = ref object of RootObj
  Derived = ref object of Base
method work(x: Base): Future[string] {.async, base.} =
  await sleepAsync(1)
  return "base"
method work(x: Derived): Future[string] {.async.} =
  await sleepAsync(1)
  return "derived"
for x in [Base(), Base(Derived())]: echo waitFor x.work()

proc checked() {.async.} =
  await sleepAsync(1)
  raise newException(IOError, "nobody waits")
asyncCheck checked()
try:
  waitFor sleepAsync(50)
except IOError as e: echo e.msg.splitLines[0]

proc nested(): Future[int] {.async.} =
  proc inner(x: int): Future[int] {.async.} =
    await sleepAsync(1)
    return x * 10
  let early = proc (): int =
    return 5
  result = await inner(early())
echo waitFor nested()

var seen: seq[int]
proc later(i: int) {.async.} =
  await sleepAsync(i * 10)
  seen.add i
for i in [3, 1, 2]: asyncCheck later(i)
drain(5000)
echo seen
callSoon(proc () = echo "soon")
callSoon(proc () = echo "later")
echo "now"
poll()

proc blocks(): Future[int] {.async.} =
  block outer:
    for i in 0 .. 3:
      for j in 0 .. 3:
        await sleepAsync(0)
        if i * j == 2: break outer
        if j > i: continue
        inc result
  let x = if result > 3: await a() else: 0
  let y = block:
    let z = await a()
    z + x
  result += y
echo waitFor blocks()

proc template1(): Future[void] {.async.} =
  template twice(body: untyped) =
    body
    body
  twice:
    await sleepAsync(1)
    echo "twice"
waitFor template1()

type Callback = proc (x: int): Future[string] {.async.}
proc use(cb: Callback) {.async.} =
  echo await cb(3)
waitFor use(proc (x: int): Future[string] {.async.} = return $x & "!")
waitFor use(proc (x: int): Future[string] {.async, closure.} =
  await sleepAsync(1)
  result = "<" & $x & ">")

proc timed() {.async.} =
  let slow = sleepAsync(300)
  echo await slow.withTimeout(5)
  let quick = sleepAsync(1)
  echo await quick.withTimeout(300)
waitFor timed()
var ticks = 0
addTimer(5, false, proc (fd: AsyncFD): bool =
  inc ticks
  ticks == 3)
while ticks < 3: poll()
echo ticks
let ev = newAsyncEvent()
var fired = false
addEvent(ev, proc (fd: AsyncFD): bool =
  fired = true
  true)
ev.trigger()
while not fired: poll()
echo "event"
