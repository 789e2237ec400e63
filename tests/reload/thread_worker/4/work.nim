var requests: Channel[int]
var answers: Channel[string]
var worker: Thread[void]
requests.open()
answers.open()

proc answer(n: int): string = "4: " & $(n * 10)

proc loop() {.thread.} =
  while true:
    let n = requests.recv()
    if n < 0: break
    answers.send(answer(n))
  answers.send("loop 4 ends")

createThread(worker, loop)

proc ask*(n: int) =
  requests.send(n)
  echo answers.recv()
  if n > 0 and worker.running:
    ask(-1)
    joinThread(worker)
    createThread(worker, loop)
    # It has begun when it answers.
    requests.send(0)
    discard answers.recv()
