## Calls on other threads: `spawn f(x)` gives a promise of the result, a `FlowVar`, and `^` waits for it.
##
## The arguments are evaluated where `spawn` stands and moved to the thread. There are as many threads as processors, and more while
## all that there are wait themselves.

import std/[locks, macros, cpuinfo]

const
  MaxThreadPoolSize* = 256 ## The most threads there may be.
  MaxDistinguishedThread* = 32 ## The most that `pinnedSpawn` may name.

type
  ThreadId* = range[0 .. MaxDistinguishedThread - 1] ## Of `pinnedSpawn`.
  FlowVarBaseObj {.inheritable.} = object
    done: bool
  FlowVarBase* = ref FlowVarBaseObj
    ## A promise, whatever of.
  FlowVarObj[T] = object of FlowVarBaseObj
    value: T
  FlowVar*[T] = ref FlowVarObj[T]
    ## A promise of a value.
  Task = proc () {.closure, gcsafe.}
  Work = object
    tasks: seq[Task]
    first: int

var
  guard: Lock # of all that follows
  filled, ended: Cond
  work: Work
  workers: array[MaxThreadPoolSize, Thread[int]]
  count, idle, waiting, running: int
  most = MaxThreadPoolSize
  least = countProcessors().clamp(1, MaxThreadPoolSize)
initLock guard
initCond filled
initCond ended

proc next(): Task =
  result = move(work.tasks[work.first])
  inc work.first
  if work.first == work.tasks.len:
    work.first = 0
    work.tasks.setLen 0

proc serve(number: int) {.thread.} =
  acquire guard
  while true:
    while work.first == work.tasks.len:
      inc idle
      wait(filled, guard)
      dec idle
    var task = next()
    release guard
    task()
    task = nil
    GC_fullCollect() # what it was the last to know of
    acquire guard
    dec running
    broadcast ended

proc grow() =
  if count < most:
    let number = count
    inc count
    createThread(workers[number], serve, number)

proc submit*(task: sink Task) =
  # `spawn` comes to this.
  acquire guard
  work.tasks.add task
  inc running
  if work.tasks.len - work.first > idle and count - waiting < least: grow()
  signal filled
  release guard

template waitUntil(condition: untyped) =
  acquire guard
  # Who waits does no work: another may have to.
  inc waiting
  if not condition and work.first < work.tasks.len and idle == 0: grow()
  while not condition: wait(ended, guard)
  dec waiting
  release guard

proc complete*[T](fv: ptr FlowVarObj[T], value: sink T) =
  # What a call gives.
  acquire guard
  fv.value = value
  fv.done = true
  broadcast ended
  release guard

proc newFlowVar*[T](t: typedesc[T]): FlowVar[T] = FlowVar[T]()
  # For `spawn`.

proc blockUntilDone(state: ptr FlowVarBaseObj) = waitUntil state.done

proc blockUntil*(fv: FlowVarBase) = blockUntilDone(cast[ptr FlowVarBaseObj](fv))
  ## Waits until the value is there.

proc blockUntil*(fv: var FlowVarBaseObj) = blockUntilDone(addr fv)

proc `=destroy`*[T](fv: var FlowVarObj[T]) =
  # The call puts its value here.
  if not fv.done: blockUntilDone(addr fv)
  `=destroy`(fv.value)

proc `^`*[T](fv: FlowVar[T]): T =
  ## Waits for the value and gives it.
  blockUntil(FlowVarBase(fv))
  fv.value

proc unsafeRead*[T](fv: FlowVar[ref T]): ptr T =
  ## Waits for the value and gives the address of the object.
  blockUntil(FlowVarBase(fv))
  cast[ptr T](fv.value)

proc awaitAndThen*[T](fv: FlowVar[T], action: proc (x: T) {.closure.}) =
  ## Waits for the value and passes it on.
  action(^fv)

proc isReady*(fv: FlowVarBase): bool =
  ## Is the value there?
  acquire guard
  result = fv.done
  release guard

proc blockUntilAny*(flowVars: openArray[FlowVarBase]): int =
  ## Waits until one of the values is there and says which. -1 when there is none to wait for.
  if flowVars.len == 0: return -1
  proc ready(list: openArray[FlowVarBase]): int =
    for i, fv in list:
      if fv.done: return i
    -1
  waitUntil ready(flowVars) >= 0
  ready(flowVars)

proc awaitAny*(flowVars: openArray[FlowVarBase]): int = blockUntilAny(flowVars)
  ## An older name.

proc sync*() =
  ## Waits until all that was spawned is done.
  waitUntil running == 0

proc preferSpawn*(): bool =
  ## Is a thread free?
  acquire guard
  result = idle > 0 or count - waiting < least
  release guard

proc setMinPoolSize*(size: range[1 .. MaxThreadPoolSize]) = least = size
  ## So many threads are made before calls have to wait.
proc setMaxPoolSize*(size: range[1 .. MaxThreadPoolSize]) = most = size
  ## There are never more.

proc typeFrom(call: NimNode): NimNode =
  # The type of what a call gives.
  newCall(bindSym"typeof", call)

macro spawn*(call: typed): untyped =
  ## Calls a proc on another thread. Gives a `FlowVar` of what it gives, if it gives something.
  var call = call
  while call.kind in {nnkStmtList, nnkStmtListExpr} and call.len == 1: call = call[0]
  if call.kind notin nnkCallKinds:
    error("'spawn' takes a call expression; got: " & call.repr, call)
  let task = newNimNode(nnkFormalParams)
  let inner = newCall(call[0])
  let outer = newNimNode(nnkCall)
  var args: seq[NimNode]
  task.add bindSym"Task"
  let isVoid = call.typeKind in {ntyNone, ntyVoid, ntyOptDeprecated}
  let cell = genSym(nskParam, "cell")
  let result0 = typeFrom(call)
  if not isVoid:
    task.add newIdentDefs(cell, newTree(nnkPtrTy, newTree(nnkBracketExpr, bindSym"FlowVarObj", result0)))
  for i in 1 ..< call.len:
    let param = genSym(nskParam, "arg")
    task.add newIdentDefs(param, typeFrom(call[i]))
    inner.add param
    args.add call[i]
  let body = if isVoid: inner else: newCall(bindSym"complete", cell, inner)
  let run = newProc(newEmptyNode(), [newEmptyNode()], newStmtList(body), nnkLambda)
  run.pragma = newTree(nnkPragma, ident"closure", ident"gcsafe")
  # A proc of its own makes the closure, so that nobody else has its environment when the thread gets it.
  let make = newProc(newEmptyNode(), [], newStmtList(run), nnkLambda)
  make[3] = task
  make.pragma = newTree(nnkPragma, ident"nimcall")
  outer.add newPar(make)
  let submit = bindSym"submit"
  if isVoid:
    for arg in args: outer.add arg
    result = newCall(submit, outer)
  else:
    let fv = genSym(nskLet, "flowVar")
    let create = bindSym"newFlowVar"
    let obj = bindSym"FlowVarObj"
    outer.add quote do: cast[ptr `obj`[`result0`]](`fv`)
    for arg in args: outer.add arg
    result = quote do:
      block:
        let `fv` = `create`(`result0`)
        `submit`(`outer`)
        `fv`

template spawnX*(call: typed): untyped =
  ## Calls a proc on another thread if one is free, else at once.
  (if preferSpawn(): spawn call else: call)

macro pinnedSpawn*(id: ThreadId, call: typed): untyped {.error: "not supported yet: 'pinnedSpawn'".}
macro parallel*(body: untyped): untyped {.error: "not supported yet: 'parallel'".}
