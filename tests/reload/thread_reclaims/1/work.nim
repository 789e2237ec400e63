var
  requests, answers: Channel[int]
  worker: Thread[void]
requests.open()
answers.open()

proc global(): proc (): int {.nimcall, gcsafe.} = (proc (): int {.nimcall, gcsafe.} = 10)
proc own(base: int): proc (): int {.closure, gcsafe.} = (proc (): int {.closure, gcsafe.} = base + 3)

proc loop() {.thread.} =
  let answer = own(20)
  while true:
    let n = requests.recv()
    if n < 0: break
    answers.send(answer() + n)

createThread(worker, loop)
var pick = global()

proc show*() =
  requests.send(100)
  echo pick(), " ", answers.recv()
