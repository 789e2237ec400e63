var requests: Channel[int]
var answers: Channel[string]
var worker: Thread[void]
requests.open()
answers.open()

proc answer(n: int): string = "0: " & $n

proc loop() {.thread.} =
  while true:
    let n = requests.recv()
    if n < 0: break
    answers.send(answer(n))
  answers.send("loop 0 ends")

createThread(worker, loop)

proc ask*(n: int) =
  requests.send(n)
  echo answers.recv()
