## Calls that are made later, perhaps by another thread: the arguments are kept till then.

import std/[isolation, macros]
export isolation

type Task* = object
  ## A call with its arguments.
  run: proc () {.closure, gcsafe.}

proc `=copy`*(x: var Task, y: Task) {.error.}

proc invoke*(task: Task) {.gcsafe.} =
  ## Makes the call, as often as is wanted.
  assert task.run != nil
  task.run()

proc newTask(run: proc () {.closure, gcsafe.}): Task = Task(run: run)

proc isMany(kind: NimNode): bool =
  kind.kind == nnkBracketExpr and (kind[0].eqIdent("varargs") or kind[0].eqIdent("openArray"))

proc given(call: NimNode, at: int): NimNode =
  # An argument without the conversions that are hidden around it.
  result = call[at]
  while result.kind in {nnkHiddenStdConv, nnkHiddenSubConv}: result = result[^1]

proc many(param, call: NimNode, first: int): NimNode =
  # The arguments of an open array, which are a list already or become one.
  let only = call.given(first)
  let isList = only.kind == nnkBracket or
    only.typeKind in {ntyArray, ntySequence, ntyOpenArray} or
    only.typeKind == ntyString and param[1].typeKind == ntyChar
  if call.len == first + 1 and isList: return only
  result = newNimNode(nnkBracket)
  for i in first ..< call.len: result.add call[i]

proc check(param, call: NimNode) =
  # What cannot be kept is no argument.
  if param.kind == nnkVarTy: error("'toTask'ed function cannot have a 'var' parameter", call)
  let element = if param.isMany: param[1] else: param
  if element.typeKind in {ntyExpr, ntyStmt}:
    error("'toTask'ed function cannot have a 'typed' or 'untyped' parameter", call)

proc keepsNothing(param, argument: NimNode): bool =
  # Types, static values and literals are part of the call.
  param.kind == nnkBracketExpr and param[0].eqIdent("typedesc") or
    param.kind in {nnkBracket, nnkObjConstr} + nnkLiterals or argument.kind in nnkLiterals

macro toTask*(e: typed): Task =
  ## A task that makes a call, which gives nothing. The arguments must be isolated: nobody else has a part of them.
  if e.kind notin nnkCallKinds: error("'toTask' takes a call expression", e)
  doAssert getTypeInst(e).typeKind == ntyVoid
  let call = newCall(e[0])
  let params = e[0].getTypeInst[0]
  let maker = genSym(nskProc, "maker")
  let making = newCall(maker)
  let kept = newStmtList()
  var formals = @[bindSym"Task"]
  for i in 1 ..< params.len:
    let param = params[i][1]
    check(param, e)
    if not param.isMany and keepsNothing(param, e.given(i)):
      call.add e[i]
      continue
    let argument = if param.isMany: newCall(bindSym"@", many(param, e, i)) else: e[i]
    let (isolated, value) = (genSym(nskVar, "isolated"), genSym(nskParam, "argument"))
    kept.add newVarStmt(isolated, newCall(bindSym"isolate", argument))
    making.add newCall(bindSym"extract", isolated)
    formals.add newIdentDefs(value, ident"auto")
    call.add value
  let make = bindSym"newTask"
  let body = quote do:
    `make`(proc () {.closure, gcsafe.} = `call`)
  nnkBlockExpr.newTree(newEmptyNode(), newStmtList(kept, newProc(maker, formals, body), making))
