## Streams of values that come later, one by one.

import std/[asyncfutures, deques]

type
  FutureStream*[T] = ref object
    ## A queue whose reader waits.
    queue: Deque[T]
    finished: bool
    cb: proc () {.closure, gcsafe.}
    error*: ref Exception ## What it failed with.

proc newFutureStream*[T](fromProc = "unspecified"): FutureStream[T] =
  ## An empty stream. `fromProc` names who makes it.
  FutureStream[T](queue: initDeque[T]())

proc complete*[T](future: FutureStream[T]) =
  ## Nothing more will come.
  assert(future.error == nil, "Trying to complete failed stream")
  future.finished = true
  if not future.cb.isNil: future.cb()

proc fail*[T](future: FutureStream[T], error: ref Exception) =
  ## Ends the stream with an exception.
  assert(not future.finished)
  future.finished = true
  future.error = error
  if not future.cb.isNil: future.cb()

proc `callback=`*[T](future: FutureStream[T], cb: proc (future: FutureStream[T]) {.closure, gcsafe.}) =
  ## Has `cb` called whenever something comes, and at the end.
  future.cb = proc () = cb(future)
  if future.queue.len > 0 or future.finished: asyncfutures.callSoon(future.cb)

proc finished*[T](future: FutureStream[T]): bool = future.finished and future.queue.len == 0
  ## Is everything read, and nothing more to come?

proc failed*[T](future: FutureStream[T]): bool = future.error != nil
  ## Did it end with an exception?

proc write*[T](future: FutureStream[T], value: T): Future[void] =
  ## Puts a value in. The future fails with a ValueError when the stream is at its end.
  result = newFuture[void]("FutureStream.put")
  if future.finished:
    result.fail(newException(ValueError, "FutureStream is finished and so no longer accepts new data."))
    return
  future.queue.addLast(value)
  if not future.cb.isNil: future.cb()
  result.complete()

proc read*[T](future: FutureStream[T]): owned(Future[(bool, T)]) =
  ## Takes the oldest value out, waiting for it; false at the end of the stream.
  let taken = newFuture[(bool, T)]("FutureStream.take")
  let before = future.cb
  proc take(fs: FutureStream[T]) =
    if taken.finished: return
    var res: (bool, T)
    if not finished(fs):
      res[0] = true
      res[1] = fs.queue.popFirst()
    if fs.failed: taken.fail(fs.error)
    else: taken.complete(res)
    if not before.isNil:
      # The reader that waited before this one goes on.
      if fs.queue.len > 0: before()
      else: future.cb = before
  if future.queue.len > 0 or future.finished: take(future)
  else: future.callback = take
  taken

proc len*[T](future: FutureStream[T]): int = future.queue.len
  ## How many values wait to be read.
