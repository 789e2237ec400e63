type
  State = object
    n, m: int
  Loud = object
    id: int
proc `=destroy`(x: var Loud) =
  if x.id != 0: echo "destroy ", x.id
  x.id = 0
var state {.threadvar.}: State
var requests: Channel[int]
var answers: Channel[string]
var worker: Thread[void]
requests.open()
answers.open()

proc answer(who: int): string =
  inc state.n
  $who & ": " & $state.n

proc loop() {.thread.} =
  while requests.recv() >= 0: answers.send(answer(1))
createThread(worker, loop)

proc ask*() =
  echo answer(2)
  requests.send(0)
  echo answers.recv()
