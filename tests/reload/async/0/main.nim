# Futures that are pending while the code changes: what waits ends in the code that it began in, and what it calls is new.
import logic, std/[asyncdispatch, hotcodereloading]

var
  gates: seq[Future[int]]
  jobs: seq[Future[string]]
  done: int

proc start() =
  gates.add newFuture[int]("gate")
  jobs.add work(gates[^1])
  jobs[^1].addCallback proc () = inc done

proc step*() =
  performCodeReload()
  start()
  echo hasPendingOperations(), " ", done
  if gates.len > 2:
    gates[0].complete(gates.len)
    echo waitFor(jobs[0]), " ", done
    gates.delete(0)
    jobs.delete(0)

start()
