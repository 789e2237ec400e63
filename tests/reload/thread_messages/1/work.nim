type Message = object
  names: seq[string]
  id: int64
  weight: float = 1.5
var waiting: Channel[Message]
var taken: Channel[Message]
var worker: Thread[void]
var turns = 0
waiting.open()
taken.open()

proc take() {.thread.} =
  while taken.recv().id != 0: discard

proc turn*() =
  inc turns
  waiting.send(Message(id: turns, weight: 2.5))
  while waiting.peek > 0: echo "1: ", waiting.recv()
  createThread(worker, take)
  while not taken.ready: discard
