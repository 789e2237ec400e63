discard """
  output: '''
thread 2 0 "" @[] 0 true
thread 2 4 "t2t2" @[1, 2, 1, 2] big22 false
thread 3 0 "" @[] 0 true
thread 3 6 "t3t3" @[1, 2, 3, 1, 2, 3] big33 false
main 1 "t1" @[1] big11 false
failed 1 12
main's 2
'''
"""
# Each thread has its own threadvars, zero at first, and its own current exception.
type Big = object
  name: string
  list: array[10, int]
var number {.threadvar.}: int
var text {.threadvar.}: string
var list {.threadvar.}: seq[int]
var big {.threadvar.}: Big
var node {.threadvar.}: ref Big
proc shows(who: string) = echo who, " ", number, " \"", text, "\" ", list, " ", big.name, big.list[9], " ", node == nil
proc fills(n: int) =
  number += n
  text.add "t" & $n
  for i in 1 .. n: list.add i
  big.name = "big" & $n
  big.list[9] = n
  node = new Big
proc works(n: int) {.thread.} =
  shows("thread " & $n)
  fills(n)
  fills(n)
  shows("thread " & $n)
proc counter(): int =
  var calls {.global, threadvar.}: int
  inc calls
  calls
proc fails(n: int) {.thread.} =
  try:
    raise newException(ValueError, "failed " & $n)
  except ValueError:
    echo getCurrentExceptionMsg(), " ", counter(), counter()
fills(1)
for n in 2 .. 3:
  var t: Thread[int]
  createThread(t, works, n)
  joinThread(t)
shows("main")
discard counter()
try:
  raise newException(KeyError, "main's")
except KeyError:
  var t: Thread[int]
  createThread(t, fails, 1)
  joinThread(t)
  echo getCurrentExceptionMsg(), " ", counter()
