## Chains of fields and calls in which something may be nil, or a field of another branch than the object is in: `?.a.b.c` is the
## default value of its type where it is.

import std/[macros, options]

export options

template guarded(leave, whole, action: untyped) =
  # Leaves where `whole` is a field that is not there. Only places are asked: the defect of a routine that is called is not caught.
  when compiles(addr whole):
    try: action
    except FieldDefect: break leave
  else: action

proc held(value, leave, steps: NimNode): NimNode =
  # Holds the place of `value`, or its value if it has none; gives what stands for that.
  let
    place = genSym(nskVar, "place")
    own = genSym(nskVar, "own")
    guard = bindSym"guarded"
  steps.add quote do:
    when compiles(addr `value`):
      var `place`: ptr typeof(`value`)
      `guard`(`leave`, `value`): `place` = addr `value`
    else:
      var
        `own` = `value`
        `place` = addr `own`
    when compiles(isNil(`place`[])):
      if isNil(`place`[]): break `leave`
  nnkDerefExpr.newTree(place)

proc chain(n, leave, steps: NimNode): NimNode =
  # Takes the chain apart from its end to its beginning; gives what stands for `n`, and adds what comes before it.
  case n.kind
  of nnkDotExpr, nnkBracketExpr, nnkDerefExpr, nnkCall:
    if n.kind == nnkCall and n[0].kind != nnkDotExpr: return n
    let part = if n.kind == nnkCall: n[0] else: n
    let base = held(chain(part[0], leave, steps), leave, steps)
    result = n.copyNimTree
    if n.kind == nnkCall: result[0][0] = base
    else: result[0] = base
  of nnkPar:
    if n.len == 1: result = chain(n[0], leave, steps)
    else: result = n
  else: result = n

proc unlessLeft(a, value, assign: NimNode): NimNode =
  # The steps of the chain, and its value given to `value` if they come to the end.
  let
    leave = genSym(nskLabel, "leave")
    steps = newStmtList()
    last = chain(a, leave, steps)
  steps.add newCall(bindSym"guarded", leave, last, newCall(assign, value, last))
  quote do:
    block `leave`:
      `steps`

template give(to, value: untyped) = to = value
template giveOption(to, value: untyped) = to = option(value)

macro `?.`*(a: untyped): untyped =
  ## The value of the chain, or the default value of its type.
  let value = genSym(nskVar, "value")
  let steps = unlessLeft(a, value, bindSym"give")
  result = quote do:
    block:
      var `value`: typeof(`a`)
      `steps`
      `value`

macro `??.`*(a: untyped): untyped =
  ## The value of the chain as an `Option`: none where something is nil.
  let value = genSym(nskVar, "value")
  let steps = unlessLeft(a, value, bindSym"giveOption")
  result = quote do:
    block:
      var `value`: Option[typeof(`a`)]
      `steps`
      `value`

template fakeDot*(a: Option, b): untyped =
  ## The field of what is in the option, as an option.
  let held = a
  type T = Option[typeof(unsafeGet(held).b)]
  if isNone(held): default(T)
  else:
    when compiles(isNil(unsafeGet(held))):
      if isNil(unsafeGet(held)): default(T) else: option(unsafeGet(held).b)
    else: option(unsafeGet(held).b)

func `[]`*[T, I](a: Option[T], i: I): auto {.inline.} =
  ## The element of what is in the option, as an option.
  type R = Option[typeof(unsafeGet(a)[i])]
  if isSome(a): option(unsafeGet(a)[i]) else: default(R)

func `[]`*[U](a: Option[U]): auto {.inline.} =
  ## What the reference in the option refers to, as an option.
  type R = Option[typeof(unsafeGet(a)[])]
  if isSome(a) and not isNil(unsafeGet(a)): option(unsafeGet(a)[]) else: default(R)
