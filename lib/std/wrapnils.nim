## Chains of fields and calls in which something may be nil: `?.a.b.c` is the default value of its type where it is.

import std/[macros, options]

export options

proc chain(n, leave: NimNode, steps: NimNode): NimNode =
  # Takes the chain apart from its end to its beginning; gives what stands for `n`, and adds what comes before it.
  case n.kind
  of nnkDotExpr, nnkBracketExpr, nnkDerefExpr, nnkCall:
    if n.kind == nnkCall and n[0].kind != nnkDotExpr: return n
    let part = if n.kind == nnkCall: n[0] else: n
    let base = genSym(nskLet, "base")
    let value = chain(part[0], leave, steps)
    steps.add quote do:
      let `base` = `value`
      when compiles(isNil(`base`)):
        if isNil(`base`): break `leave`
    result = n.copyNimTree
    if n.kind == nnkCall: result[0][0] = base
    else: result[0] = base
  of nnkPar:
    if n.len == 1: result = chain(n[0], leave, steps)
    else: result = n
  else: result = n

macro `?.`*(a: untyped): untyped =
  ## The value of the chain, or the default value of its type.
  let
    leave = genSym(nskLabel, "leave")
    value = genSym(nskVar, "value")
    steps = newStmtList()
    last = chain(a, leave, steps)
  steps.add newAssignment(value, last)
  result = quote do:
    block:
      var `value`: typeof(`a`)
      block `leave`:
        `steps`
      `value`

macro `??.`*(a: untyped): untyped =
  ## The value of the chain as an `Option`: none where something is nil.
  let
    leave = genSym(nskLabel, "leave")
    value = genSym(nskVar, "value")
    steps = newStmtList()
    last = chain(a, leave, steps)
    make = bindSym"option"
  steps.add newAssignment(value, newCall(make, last))
  result = quote do:
    block:
      var `value`: Option[typeof(`a`)]
      block `leave`:
        `steps`
      `value`
