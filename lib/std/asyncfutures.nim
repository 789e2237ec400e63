## Futures: values that come later, and who waits for them.
##
## An exception that a future passes on keeps its message as it is; Nim's own, in a debug build, adds a traceback with the
## paths of files.

import private/relaid

type
  FutureBase* = ref object of RootObj
    ## A future of any type.
    callbacks: seq[proc () {.closure, gcsafe.}]
    finished: bool
    error*: ref Exception ## What it failed with.
    errorStackTrace*: string ## The calls that were running then.
    id: int
    fromProc: string
    inPlace: bool # The value may have been changed in place before it is finished.
  Future*[T] = ref object of FutureBase
    ## A value that comes later.
    value: T
  FutureVar*[T] = distinct Future[T]
    ## A future whose value is changed in place, and which can be used again.
  FutureError* = object of Defect
    ## A future was completed twice.
    cause*: FutureBase
  CallSoonProc = proc (cbproc: proc () {.closure, gcsafe.}) {.closure, gcsafe.}

const
  isFutureLoggingEnabled* = false ## Futures are not counted.
  NimAsyncContinueSuffix* = "NimAsyncContinue"

proc migrated[T: Relaid](value: Future[T]) =
  # A reload has converted what is in it: nothing as yet, if it is not finished, or has failed.
  when T isnot void:
    if (not value.finished or value.error != nil) and not value.inPlace: value.value = default(T)

var
  nextId {.threadvar.}: int
  callSoonProc {.threadvar.}: CallSoonProc

proc getCallSoonProc*(): CallSoonProc = callSoonProc
  ## What `callSoon` uses; nil before a dispatcher is at work.
proc setCallSoonProc*(p: CallSoonProc) =
  ## Sets what `callSoon` uses. A dispatcher does it.
  callSoonProc = p

proc soon(cbproc: proc () {.closure, gcsafe.}) =
  if callSoonProc.isNil: cbproc()
  else: callSoonProc(cbproc)

proc callSoon*(cbproc: proc () {.gcsafe.}) = soon(cbproc)
  ## Has the dispatcher call `cbproc` in its next round; without one it is called now.

proc newFuture*[T](fromProc: string = "unspecified"): owned(Future[T]) =
  ## A future that is not finished. `fromProc` names who makes it, in messages.
  new(result)
  result.id = nextId
  result.fromProc = fromProc
  inc nextId

proc newFutureVar*[T](fromProc = "unspecified"): owned(FutureVar[T]) =
  ## A future that can be used again.
  let future = newFuture[T](fromProc)
  future.inPlace = true
  FutureVar[T](future)

proc clean*[T](future: FutureVar[T]) =
  ## Makes it unfinished again.
  Future[T](future).finished = false
  Future[T](future).error = nil

proc finish[T](future: Future[T]) =
  # Marks it as finished, with all that is noted in it, and has those who wait called.
  future.finished = true
  let waiting = move future.callbacks
  for callback in waiting: soon(callback)

proc checkFinished[T](future: Future[T]) =
  if future.finished:
    var msg = "An attempt was made to complete a Future more than once. Details:"
    msg.add "\n  Future ID: " & $future.id
    msg.add "\n  Created in proc: " & future.fromProc
    when T is string: msg.add "\n  Contents (string): \n    " & future.value
    let err = newException(FutureError, msg)
    err.cause = future
    raise err

proc complete*[T](future: Future[T], val: sink T) =
  ## Gives the future its value.
  checkFinished(future)
  assert(future.error == nil)
  future.value = val
  finish(future)

proc complete*(future: Future[void], val = Future[void].default) =
  ## Finishes a future without a value.
  checkFinished(future)
  assert(future.error == nil)
  finish(future)

proc complete*[T](future: FutureVar[T]) =
  ## Finishes it with the value that it has.
  let fut = Future[T](future)
  checkFinished(fut)
  assert(fut.error == nil)
  finish(fut)

proc complete*[T](future: FutureVar[T], val: sink T) =
  ## Finishes it with a value.
  let fut = Future[T](future)
  checkFinished(fut)
  assert(fut.error == nil)
  fut.value = val
  finish(fut)

proc fail*[T](future: Future[T], error: ref Exception) =
  ## Finishes the future with an exception.
  checkFinished(future)
  future.error = error
  let trace = getStackTrace(error)
  future.errorStackTrace = if trace.len == 0: getStackTrace() else: trace
  finish(future)

proc clearCallbacks*(future: FutureBase) =
  ## Nobody waits any more.
  future.callbacks.setLen 0

proc addCallback*(future: FutureBase, cb: proc () {.closure, gcsafe.}) =
  ## Has `cb` called when the future is finished: soon, if it is.
  assert cb != nil
  if future.finished: soon(cb)
  else: future.callbacks.add cb

proc addCallback*[T](future: Future[T], cb: proc (future: Future[T]) {.closure, gcsafe.}) =
  ## As above, with the future.
  future.addCallback(proc () = cb(future))

proc `callback=`*(future: FutureBase, cb: proc () {.closure, gcsafe.}) =
  ## Has only `cb` called when the future is finished.
  future.clearCallbacks
  future.addCallback cb

proc `callback=`*[T](future: Future[T], cb: proc (future: Future[T]) {.closure, gcsafe.}) =
  ## As above, with the future.
  future.callback = proc () = cb(future)

proc read*[T](future: Future[T] | FutureVar[T]): T =
  ## The value of a finished future; what it failed with is raised. ValueError when it is not finished.
  let fut = Future[T](future)
  if not fut.finished: raise newException(ValueError, "Future still in progress.")
  if fut.error != nil: raise fut.error
  when T isnot void: result = fut.value

proc readError*[T](future: Future[T]): ref Exception =
  ## What the future failed with. ValueError when it did not fail.
  if future.error == nil: raise newException(ValueError, "No error in future.")
  future.error

proc mget*[T](future: FutureVar[T]): var T =
  ## The value, to be changed in place, whether or not it is finished.
  Future[T](future).inPlace = true
  result = Future[T](future).value

proc finished*(future: FutureBase | FutureVar): bool =
  ## Has it a value, or failed?
  when future is FutureVar: FutureBase(future).finished
  else: future.finished

proc failed*(future: FutureBase): bool = future.error != nil
  ## Did it fail?

proc asyncCheck*[T](future: Future[T]) =
  ## Lets the future go on by itself; if it fails, the dispatcher raises.
  assert(not future.isNil, "Future is nil")
  future.callback = proc () =
    if future.failed: raise future.error

proc `and`*[T, Y](fut1: Future[T], fut2: Future[Y]): Future[void] =
  ## Finished when both are, or when one failed.
  let both = newFuture[void]("asyncdispatch.`and`")
  fut1.callback = proc () =
    if not both.finished:
      if fut1.failed: both.fail(fut1.error)
      elif fut2.finished: both.complete()
  fut2.callback = proc () =
    if not both.finished:
      if fut2.failed: both.fail(fut2.error)
      elif fut1.finished: both.complete()
  both

proc `or`*[T, Y](fut1: Future[T], fut2: Future[Y]): Future[void] =
  ## Finished when one of them is.
  let one = newFuture[void]("asyncdispatch.`or`")
  proc done(fut: FutureBase) =
    if not one.finished:
      if fut.failed: one.fail(fut.error)
      else: one.complete()
  fut1.callback = proc () = done(fut1)
  fut2.callback = proc () = done(fut2)
  one

proc all*[T](futs: varargs[Future[T]]): auto =
  ## Finished when all are, with all their values in order, or when one failed.
  let count = futs.len
  var done = 0
  when T is void:
    let every = newFuture[void]("asyncdispatch.all")
    for fut in futs:
      fut.addCallback proc (f: Future[T]) =
        inc done
        if not every.finished:
          if f.failed: every.fail(f.error)
          elif done == count: every.complete()
    if count == 0: every.complete()
  else:
    let every = newFuture[seq[T]]("asyncdispatch.all")
    var values = newSeq[T](count)
    proc await(i: int, fut: Future[T]) =
      fut.addCallback proc (f: Future[T]) =
        inc done
        if not every.finished:
          if f.failed: every.fail(f.error)
          else:
            values[i] = f.read()
            if done == count: every.complete(values)
    for i, fut in futs: await(i, fut)
    if count == 0: every.complete(values)
  every
