## `async` and `await`: procs that wait without holding up the others.
##
## The body of an async proc becomes a closure iterator that yields each future it waits for. The proc itself makes the
## future of its result and runs the iterator to its first wait; from there each awaited future, when it is finished, has it
## go on.

import std/[asyncfutures, macros, strutils]

type AsyncSteps = iterator (): FutureBase {.closure.}

proc run(steps: AsyncSteps, future: FutureBase, name: string, fail: proc (e: ref Exception) {.closure, gcsafe.}) =
  ## Runs an async body to its next wait; what it raises, its future fails with.
  proc goOn() {.closure, gcsafe.} =
    try:
      if not finished(steps):
        var awaited = steps()
        while awaited != nil and awaited.finished:
          awaited = steps()
          if finished(steps): break
        if awaited != nil: awaited.addCallback(goOn)
        elif not future.finished:
          raise newException(AssertionDefect, "Async procedure (" & name &
            ") yielded `nil`, are you await'ing a `nil` Future?")
    except:
      if future.finished: raise
      fail(getCurrentException())
  goOn()

proc runAsync*[T](steps: AsyncSteps, future: Future[T], name: string) =
  ## What `async` makes calls this.
  run(steps, future, name, proc (e: ref Exception) = future.fail(e))

template await*(f: typed): untyped {.used.} =
  static: error "await expects Future[T], got " & $typeof(f)

template await*[T](f: Future[T]): auto {.used.} =
  ## Waits for a future, in an async proc, and gives its value; what it failed with is raised.
  let awaited = f
  yield FutureBase(awaited)
  read(awaited)

proc futureVars(params: NimNode): seq[NimNode] =
  for i in 1 ..< params.len:
    let kind = params[i][^2]
    if kind.kind == nnkBracketExpr and kind[0].eqIdent("FutureVar"):
      for j in 0 ..< params[i].len - 2: result.add params[i][j]

proc completions(vars: seq[NimNode]): NimNode =
  # Finishes those that the body has not.
  result = newStmtList()
  for name in vars:
    result.add newIfStmt((newCall(ident"not", newCall(bindSym("finished", brForceOpen), name)),
                          newCall(bindSym("complete", brForceOpen), name)))

proc withReturns(node, future: NimNode, vars: seq[NimNode]): NimNode =
  # A `return` finishes the future, with what it gives or with `result`, and then ends the iterator.
  case node.kind
  of nnkReturnStmt:
    let value = if node[0].kind == nnkEmpty: ident"result" else: withReturns(node[0], future, vars)
    let ending = newNimNode(nnkReturnStmt, node).add(newEmptyNode())
    let finish = newCall(bindSym("complete", brForceOpen), future, value)
    finish.copyLineInfo node
    result = newNimNode(nnkStmtList, node).add(completions(vars), finish, ending)
  of RoutineNodes: result = node
  else:
    result = node
    for i in 0 ..< node.len: result[i] = withReturns(node[i], future, vars)

proc valueType(returned: NimNode): NimNode =
  # The `T` of a result `Future[T]`; no result means that there is no value.
  var returned = returned
  if returned.kind in nnkCallKinds and returned.len == 2 and returned[0].eqIdent("owned"): returned = returned[1]
  if returned.kind == nnkEmpty: return ident"void"
  if returned.kind == nnkBracketExpr and returned.len == 2 and returned[0].eqIdent("Future"): return returned[1]
  if returned.kind in nnkCallKinds and returned.len == 3 and returned[0].eqIdent("[]") and returned[1].eqIdent("Future"):
    return returned[2]
  let got = if returned.kind == nnkBracketExpr: returned[0].repr else: returned.repr
  error("Expected return type of 'Future' got '" & got & "'", returned)

proc nameOf(prc: NimNode): string =
  let name = prc[0]
  case name.kind
  of nnkEmpty: "anonymous"
  of nnkPostfix: $name[1]
  of nnkIdent, nnkSym: $name
  of nnkAccQuoted: name.repr.strip(chars = {'`'})
  else: $prc.name

proc asyncSingleProc(prc: NimNode): NimNode =
  if prc.kind == nnkProcTy:
    if prc[0][0].kind == nnkEmpty: prc[0][0] = nnkBracketExpr.newTree(bindSym"Future", ident"void")
    return prc
  if prc.kind notin {nnkProcDef, nnkFuncDef, nnkLambda, nnkMethodDef, nnkDo}:
    error("Cannot transform this node kind into an async proc. proc/method definition or lambda node expected.", prc)
  for pragma in prc[4]:
    if pragma.eqIdent("discardable"):
      error("Cannot make async proc discardable. Futures have to be checked with `asyncCheck` instead of discarded", pragma)
  let kind = valueType(prc[3][0])
  if prc[3][0].kind == nnkEmpty: prc[3][0] = nnkBracketExpr.newTree(bindSym"Future", ident"void")
  result = prc
  if prc.body.kind == nnkEmpty: return

  let name = newLit(nameOf(prc))
  let future = genSym(nskLet, "future")
  let steps = genSym(nskIterator, nameOf(prc) & "Iter")
  let vars = futureVars(prc[3])
  let isVoid = kind.eqIdent("void")
  let body = newTree(nnkBlockStmt, newEmptyNode(), withReturns(prc.body, future, vars))
  let value = ident"result"
  let whole = newStmtList()
  let finish = bindSym("complete", brForceOpen)
  if isVoid:
    whole.add quote do:
      var `value` {.used.}: Future[void]
    whole.add body
  else:
    whole.add quote do:
      var `value`: `kind`
      template asyncResult(x: `kind`) {.used.} = `value` = x
      template asyncResult(x: untyped) {.used.} = x
      asyncResult(`body`)
  whole.add completions(vars)
  whole.add newCall(finish, future, value)
  let base = bindSym"FutureBase"
  let it = newProc(steps, [base], whole, nnkIteratorDef)
  it.pragma = nnkPragma.newTree(ident"closure")
  let make = bindSym"newFuture"
  let start = bindSym"runAsync"
  result.body = quote do:
    let `future` = `make`[`kind`](`name`)
    `it`
    {.cast(gcsafe).}: `start`(`steps`, `future`, `name`) # as in Nim, whatever the body uses
    return `future`

macro async*(prc: untyped): untyped =
  ## Makes procs async: the result is a `Future`, and `await` waits for others.
  if prc.kind == nnkStmtList:
    result = newStmtList()
    for one in prc: result.add asyncSingleProc(one)
  else:
    result = asyncSingleProc(prc)

proc ofSide(kind: NimNode, async: bool): NimNode =
  # Of `Socket | AsyncSocket` the one that is meant.
  result = kind
  if kind.kind == nnkInfix and $kind[0] in ["|", "or"]:
    let first = "async" in ($kind[1]).normalize
    if first or "async" in ($kind[2]).normalize: result = if first == async: kind[1] else: kind[2]

macro multisync*(prc: untyped): untyped =
  ## Makes two procs of one: an async one, and one that waits for nothing.
  let plain = prc.copyNimTree
  let later = prc.copyNimTree
  plain[3][0] = ofSide(if prc[3][0].kind == nnkEmpty: newEmptyNode() else: valueType(plain[3][0]), false)
  if later[3][0].kind == nnkBracketExpr: later[3][0][1] = ofSide(later[3][0][1], true)
  for i in 1 ..< prc[3].len:
    plain[3][i][^2] = ofSide(plain[3][i][^2], false)
    later[3][i][^2] = ofSide(later[3][i][^2], true)
  let given = genSym(nskParam, "value")
  let awaits = ident"await"
  let nothing = quote do:
    template `awaits`(`given`: typed): untyped {.used.} = `given`
  plain.body = newStmtList(nothing, plain.body)
  result = newStmtList(asyncSingleProc(later), plain)
