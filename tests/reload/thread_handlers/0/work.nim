import std/[hotcodereloading, locks]
var stop: Channel[int]
var worker: Thread[void]
var l: Lock
initLock l
stop.open()
proc waits() {.thread.} = discard stop.recv()
createThread(worker, waits)
proc turn*() = echo "0"
beforeCodeReload:
  withLock l: echo "before"
  stop.send(1)
  joinThread(worker)
