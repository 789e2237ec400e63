type Message = object
  id: int
  names: seq[string]
var waiting: Channel[Message]
var taken: Channel[Message]
var worker: Thread[void]
var turns = 0
waiting.open()
taken.open()
for i in 10 .. 12: waiting.send(Message(id: i, names: @["a", $i]))
discard waiting.recv()

proc take() {.thread.} =
  while taken.recv().id != 0: discard

proc turn*() =
  inc turns
  waiting.send(Message(id: turns, names: @["a", "b"]))
  echo "0: ", waiting.peek
