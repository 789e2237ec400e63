import std/asyncfutures
type
  Color* = enum green, blue
  Job = object
    color: Color
    n: int
var
  waits = newFuture[Color]("waits")
  job = newFuture[Job]("job")
  done = newFuture[Color]("done")
  failed = newFuture[Color]("failed")
  place = newFutureVar[Job]("place")
complete(done, blue)
failed.fail(newException(ValueError, "no"))
place.mget.color = green
place.mget.n = 7
proc show*() =
  echo waits.finished, job.finished, " ", done.read, " ", failed.failed, " ", place.mget.color, place.mget.n
