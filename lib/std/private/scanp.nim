# `scanp` of `std/strscans`.

import std/[macros, parseutils]

template atom*(input: string, idx: int, c: char): bool =
  ## Does the character stand there? The end is `\0`.
  (idx < input.len and input[idx] == c) or (idx == input.len and c == '\0')

template atom*(input: string, idx: int, s: set[char]): bool =
  ## Does one of the characters stand there? The end is `\0`.
  (idx < input.len and input[idx] in s) or (idx == input.len and '\0' in s)

template hasNxt*(input: string, idx: int): bool = idx < input.len
  ## Is something left?

template success*(x: int): bool = x != 0
  ## Has a matcher found something, when it says that it was so much?

template nxt*(input: string, idx, step: int = 1) = inc(idx, step)
  ## Goes on.

type
  Scan = object
    input, at: NimNode # the text, and the variable that says where in it
  Step = object
    # A part of a pattern as code.
    before: NimNode # what to do first
    holds: NimNode # does it fit then? Nothing if it always does.
    go: NimNode # what to do if so

proc step(before, holds, go: NimNode): Step = Step(before: before, holds: holds, go: go)
proc always(code: NimNode): Step = step(code, newEmptyNode(), newEmptyNode())
proc open(name: static string): NimNode = bindSym(name, brForceOpen)

proc condition(part: Step, operator: string, n: NimNode): NimNode =
  if part.holds.kind == nnkEmpty: error("'" & operator & "' operator applied to a non-condition", n)
  part.holds

proc chain(parts: seq[Step], fits: NimNode): NimNode =
  # Each part in the branch of the one before; `fits` is set in the last.
  result = newAssignment(fits, newLit(true))
  for i in countdown(parts.high, 0):
    let part = parts[i]
    if part.holds.kind == nnkEmpty: result = newStmtList(part.before, result)
    else: result = newStmtList(part.before, newIfStmt((part.holds, newStmtList(part.go, result))))

proc filledIn(scan: Scan, n: NimNode): NimNode =
  # With what `$_`, `$input` and `$index` stand for.
  if n.kind != nnkPrefix or not n[0].eqIdent("$"):
    result = copyNimNode(n)
    for kid in n: result.add scan.filledIn(kid)
  elif n[1].eqIdent("_") or n[1].eqIdent("current"): result = newTree(nnkBracketExpr, scan.input, scan.at)
  elif n[1].eqIdent("input"): result = scan.input
  elif n[1].eqIdent("i") or n[1].eqIdent("index"): result = scan.at
  else: error("unknown pattern " & repr(n), n)

proc moving(scan: Scan, action, by: NimNode): NimNode =
  # The action for what fits, before going on.
  let go = newCall(open"nxt", scan.input, scan.at)
  if by != nil: go.add by
  if action == nil: go else: newStmtList(action, go)

proc measured(scan: Scan, matcher, action: NimNode, name = genSym(nskLet, "taken")): Step =
  # A matcher that says how much it takes.
  step(newLetStmt(name, matcher), newCall(open"success", name), scan.moving(action, name))

proc part(scan: Scan, n, action: NimNode): Step

proc group(scan: Scan, parts: openArray[NimNode], action: NimNode): Step =
  let fits = genSym(nskVar, "fits")
  var steps: seq[Step]
  for n in parts: steps.add scan.part(n, action)
  step(newStmtList(newVarStmt(fits, newLit(false)), chain(steps, fits)), fits, newEmptyNode())

proc repeated(scan: Scan, n, action: NimNode): Step =
  let
    one = scan.part(n, action)
    loop = newStmtList(one.before)
  if one.holds.kind != nnkEmpty:
    loop.add newIfStmt((newCall(bindSym"not", one.holds), newStmtList(newTree(nnkBreakStmt, newEmptyNode()))))
    loop.add one.go
  always newTree(nnkWhileStmt, newCall(open"hasNxt", scan.input, scan.at), loop)

proc star(n: NimNode): NimNode = newTree(nnkPrefix, ident"*", n)

proc prefixed(scan: Scan, n, action: NimNode): Step =
  let operand = n[1]
  case $n[0]
  of "*": result = scan.repeated(operand, action)
  of "+": result = scan.group([operand, star(operand)], action)
  of "?":
    let one = scan.part(operand, action)
    result = always(newStmtList(one.before, newIfStmt((one.condition("?", n), newStmtList(one.go)))))
  of "~":
    let one = scan.part(operand, action)
    result = step(one.before, newCall(bindSym"not", one.condition("~", n)), one.go)
  else: result = scan.measured(scan.filledIn(n), action)

proc either(scan: Scan, n, action: NimNode): Step =
  let (a, b) = (scan.part(n[1], action), scan.part(n[2], action))
  let second = newIfStmt((b.condition("|", n), newStmtList(b.go)))
  let both = newIfStmt((a.condition("|", n), newStmtList(a.go)))
  both.add newTree(nnkElse, newStmtList(b.before, second))
  always newStmtList(a.before, both)

proc infixed(scan: Scan, n, action: NimNode): Step =
  case $n[0]
  of "->": scan.part(n[1], scan.filledIn(n[2]))
  of "as":
    let matcher = if n[1].kind in nnkCallKinds: scan.filledIn(n[1]) else: newCall(n[1], scan.input, scan.at)
    scan.measured(matcher, action, n[2])
  of "|": scan.either(n, action)
  of "^+": scan.group([n[1], star(newTree(nnkTupleConstr, n[2], n[1]))], action)
  of "^*":
    scan.prefixed(newTree(nnkPrefix, ident"?", newTree(nnkTupleConstr, n[1], star(newTree(nnkTupleConstr, n[2], n[1])))), action)
  else: scan.measured(scan.filledIn(n), action)

proc counted(scan: Scan, n, action: NimNode): Step =
  # `x{least}` and `x{least,most}`
  for i in 1 ..< n.len:
    if n[i].kind != nnkIntLit: error("invalid pattern", n)
  if n.len notin 2 .. 3: error("invalid pattern", n)
  var parts = @[n[0]]
  for _ in 2 .. n[1].intVal: parts.add n[0]
  if n.len == 3:
    for _ in n[1].intVal ..< n[2].intVal: parts.add newTree(nnkPrefix, ident"?", n[0])
  scan.group(parts, action)

proc part(scan: Scan, n, action: NimNode): Step =
  case n.kind
  of nnkIdent: scan.measured(newCall(n, scan.input, scan.at), action)
  of nnkPrefix: scan.prefixed(n, action)
  of nnkInfix: scan.infixed(n, action)
  of nnkCall, nnkCommand, nnkCallStrLit:
    if n.len == 2 and n[0].kind == nnkPar: scan.part(n[0], scan.filledIn(n[1]))
    elif n.len == 2 and n.kind == nnkCommand and n[0].eqIdent("pred"):
      step(newEmptyNode(), scan.filledIn(n), newEmptyNode())
    else: scan.measured(scan.filledIn(n), action)
  of nnkStrLit .. nnkTripleStrLit: scan.measured(newCall(open"skip", scan.input, n, scan.at), action)
  of nnkCurly, nnkAccQuoted, nnkCharLit:
    step(newEmptyNode(), newCall(open"atom", scan.input, scan.at, n), scan.moving(action, nil))
  of nnkCurlyExpr: scan.counted(n, action)
  of nnkPar, nnkTupleConstr:
    if n.len == 1 and n.kind == nnkPar: scan.part(n[0], action)
    else:
      var parts: seq[NimNode]
      for kid in n: parts.add kid
      scan.group(parts, action)
  else:
    error("invalid pattern", n)
    Step()

macro scanp*(input, idx: typed, pattern: varargs[untyped]): bool =
  ## Does the input from `idx` on fit the pattern, a grammar? `idx` is moved behind what does, without going back.
  let
    scan = Scan(input: input, at: idx)
    fits = genSym(nskVar, "fits")
  var parts: seq[Step]
  for n in pattern: parts.add scan.part(n, nil)
  newTree(nnkStmtListExpr, newVarStmt(fits, newLit(false)), chain(parts, fits), fits)
