import state, std/[hotcodereloading, typedthreads, locks]
proc byVar(x: var int) =
  performCodeReload()
  x += 1
proc byAddress(s: string; of_what: openArray[int]) =
  performCodeReload()
  echo s, " ", of_what[1]
proc elements() =
  for n in mitems(numbers()):
    if n == 2: performCodeReload()
    n *= 10
proc reloads(): int =
  performCodeReload()
  77
proc place() = numbers()[0] = reloads()
proc two(x: var int; y: int) = x += y
proc argument() = two(score(), reloads())
proc pointer() =
  let p = addr score()
  performCodeReload()
  p[] += 1000
proc closure() =
  let p = addr score()
  let act = proc () = p[] += 1
  performCodeReload()
  act()
proc iterates() =
  let it = iterator (): int =
    for n in mitems(numbers()):
      n += 1
      yield n
  echo it()
  performCodeReload()
  echo it()

var
  lock: Lock
  worker: Thread[void]
initLock lock
proc waits(x: var int) =
  acquire lock
  x += 5000
  release lock
proc work() {.thread.} =
  {.cast(gcsafe).}: waits(score())
proc thread() =
  acquire lock
  createThread(worker, work)
  for i in 1 .. 50:
    performCodeReload()
    if not lastReload().ok: break
  release lock
  joinThread worker

proc nothing(x: var int) =
  # What is not used any more, or does not move, is in nobody's way.
  for n in mitems(numbers()): n += x
  x = 0
  performCodeReload()
  echo fixed.len

proc run*(round: int) =
  case round
  of 1: byVar(score())
  of 2: byVar(inGame())
  of 3: byVar(inTable("a"))
  of 4: byAddress(title(), numbers())
  of 5: elements()
  of 6: place()
  of 7: argument()
  of 8: pointer()
  of 9: closure()
  of 10: iterates()
  of 11: thread()
  else: nothing(score())
