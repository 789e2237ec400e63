# A part of `pegs`: matching.

type
  Captures* = object
    ## Where the captured parts are.
    matches: array[MaxSubpatterns, tuple[first, last: int]]
    ml: int # how many there are
    origStart: int
  Hooks = object
    # What an event parser wants to hear of.
    enter: proc (s: string, p: Peg, start: int)
    leave: proc (s: string, p: Peg, start, length: int)

proc bounds*(c: Captures, i: range[0 .. MaxSubpatterns - 1]): tuple[first, last: int] = c.matches[i]
  ## Where a captured part begins and ends.

proc go(s: string, p: Peg, start: int, c: var Captures, hooks: Hooks): int

proc matchRune(s: string, start: int, wanted: proc (r: Rune): bool {.nimcall.}): int =
  if start >= s.len: return -1
  var rune: Rune
  var at = start
  fastRuneAt(s, at, rune)
  if wanted(rune): at - start else: -1

proc alpha(r: Rune): bool = isAlpha(r)
proc lower(r: Rune): bool = unicode.isLower(r)
proc upper(r: Rune): bool = unicode.isUpper(r)
proc title(r: Rune): bool = unicode.isTitle(r)
proc white(r: Rune): bool = unicode.isWhiteSpace(r)

proc matchIgnoringCase(s, term: string, start: int): int =
  var i = 0
  var at = start
  while i < term.len:
    if at >= s.len: return -1
    var a, b: Rune
    fastRuneAt(term, i, a)
    fastRuneAt(s, at, b)
    if unicode.toLower(a) != unicode.toLower(b): return -1
  at - start

proc matchIgnoringStyle(s, term: string, start: int): int =
  const underscore = Rune('_')
  var i = 0
  var at = start
  while i < term.len:
    var a, b: Rune
    while i < term.len:
      fastRuneAt(term, i, a)
      if a != underscore: break
    while at < s.len:
      fastRuneAt(s, at, b)
      if b != underscore: break
    if at >= s.len:
      if i >= term.len: break
      return -1
    if unicode.toLower(a) != unicode.toLower(b): return -1
  at - start

proc matchBack(s: string, p: Peg, start: int, c: Captures): int =
  # What was captured before, once more.
  let index = if p.index < 0: p.index + c.ml else: p.index
  if index notin 0 ..< c.ml: return -1
  let term = s.substr(c.matches[index].first, c.matches[index].last)
  case p.kind
  of pkBackRef: (if s.continuesWith(term, start): term.len else: -1)
  of pkBackRefIgnoreCase: matchIgnoringCase(s, term, start)
  else: matchIgnoringStyle(s, term, start)

proc search(s: string, p: Peg, start: int, c: var Captures, hooks: Hooks): (int, int) =
  # The first place where it fits, and the length there; or -1.
  for at in start .. s.len:
    let length = go(s, p.sons[0], at, c, hooks)
    if length >= 0: return (at, length)
  (-1, -1)

proc matchCapture(s: string, p: Peg, start: int, c: var Captures, hooks: Hooks): int =
  if p.sons.len == 0 or p.sons[0].kind == pkEmpty:
    # `{}` takes the last one back.
    dec c.ml
    c.matches[c.ml] = (0, 0)
    return 0
  let index = c.ml
  result = go(s, p.sons[0], start, c, hooks)
  if result < 0: return
  if index < MaxSubpatterns:
    # It comes before those that are within it.
    for i in countdown(min(c.ml, MaxSubpatterns - 1), index + 1): c.matches[i] = c.matches[i - 1]
    c.matches[index] = (start, start + result - 1)
  inc c.ml

proc matchGroup(s: string, p: Peg, start: int, c: var Captures, hooks: Hooks): int =
  # Those that consist of others. What was captured in vain is forgotten.
  let before = c.ml
  case p.kind
  of pkNonTerminal: result = go(s, p.nt.rule, start, c, hooks)
  of pkSequence:
    for son in p.sons:
      let length = go(s, son, start + result, c, hooks)
      if length < 0:
        result = -1
        break
      result += length
  of pkOrderedChoice:
    for son in p.sons:
      result = go(s, son, start, c, hooks)
      if result >= 0: break
      c.ml = before
  of pkSearch:
    let (at, length) = search(s, p, start, c, hooks)
    result = if at >= 0: at - start + length else: -1
  of pkCapturedSearch:
    inc c.ml
    let (at, length) = search(s, p, start, c, hooks)
    if at >= 0 and before < MaxSubpatterns: c.matches[before] = (start, at - 1)
    result = if at >= 0: at - start + length else: -1
  of pkGreedyRep:
    # What fits without taking anything would go on for ever.
    while true:
      let length = go(s, p.sons[0], start + result, c, hooks)
      if length <= 0: break
      result += length
  of pkOption: return max(0, go(s, p.sons[0], start, c, hooks))
  of pkAndPredicate: result = min(go(s, p.sons[0], start, c, hooks), 0)
  of pkNotPredicate: result = if go(s, p.sons[0], start, c, hooks) < 0: 0 else: -1
  of pkCapture: result = matchCapture(s, p, start, c, hooks)
  else: assert false
  if result < 0: c.ml = before

proc matchOne(s: string, p: Peg, start: int, c: var Captures, hooks: Hooks): int =
  template one(fits: bool): int = (if start < s.len and fits: 1 else: -1)
  template run(fits: untyped): int =
    var length = 0
    while start + length < s.len and fits(s[start + length]): inc length
    length
  case p.kind
  of pkEmpty: 0
  of pkAny: one(true)
  of pkAnyRune: (if start < s.len: runeLenAt(s, start) else: -1)
  of pkLetter: matchRune(s, start, alpha)
  of pkLower: matchRune(s, start, lower)
  of pkUpper: matchRune(s, start, upper)
  of pkTitle: matchRune(s, start, title)
  of pkWhitespace: matchRune(s, start, white)
  of pkGreedyAny: s.len - start
  of pkNewLine:
    if s.continuesWith("\c\l", start): 2
    else: one(s[start] in {'\c', '\l'})
  of pkTerminal: (if s.continuesWith(p.term, start): p.term.len else: -1)
  of pkTerminalIgnoreCase: matchIgnoringCase(s, p.term, start)
  of pkTerminalIgnoreStyle: matchIgnoringStyle(s, p.term, start)
  of pkChar: one(s[start] == p.ch)
  of pkCharChoice: one(s[start] in p.charChoice[])
  of pkGreedyRepChar:
    template fits(c: char): bool = c == p.ch
    run(fits)
  of pkGreedyRepSet:
    template fits(c: char): bool = c in p.charChoice[]
    run(fits)
  of pkBackRef .. pkBackRefIgnoreStyle: matchBack(s, p, start, c)
  of pkStartAnchor: (if c.origStart == start: 0 else: -1)
  of pkRule, pkList:
    assert false
    -1
  else: matchGroup(s, p, start, c, hooks)

proc go(s: string, p: Peg, start: int, c: var Captures, hooks: Hooks): int =
  if hooks.enter != nil: hooks.enter(s, p, start)
  result = matchOne(s, p, start, c, hooks)
  if hooks.leave != nil: hooks.leave(s, p, start, result)

func rawMatch*(s: string, p: Peg, start: int, c: var Captures): int =
  ## How much it takes at `start`; -1 when it does not fit.
  {.cast(noSideEffect).}: result = go(s, p, start, c, Hooks())

# Event parsers

proc parseWith(s: string, p: Peg, hooks: Hooks): int =
  var c: Captures
  go(s, p, 0, c, hooks)

proc kindOf(node: NimNode): NimNode =
  if node.kind notin nnkCallKinds: error("Call syntax expected.", node)
  if node[0].kind notin {nnkIdent, nnkSym}: error("PegKind expected.", node[0])
  node[0]

proc branches(handlers: NimNode, name: string): NimNode =
  # `case p.kind`, with the handlers of that name.
  result = nnkCaseStmt.newTree(newDotExpr(ident"p", ident"kind"))
  for handler in handlers:
    let kind = kindOf(handler)
    if handler.len != 2: continue
    for part in handler[1]:
      if part.kind notin nnkCallKinds: error("Call syntax expected.", part)
      if part[0].kind notin {nnkIdent, nnkSym}: error("Handler identifier expected.", part[0])
      if part[0].strVal notin ["enter", "leave"]:
        error("Unsupported handler identifier, expected 'enter' or 'leave'.", part[0])
      if part.len == 2 and part[0].strVal == name: result.add nnkOfBranch.newTree(kind, part[1])
  result.add nnkElse.newTree(nnkDiscardStmt.newTree(newEmptyNode()))

proc hooks(enter: proc (s: string, p: Peg, start: int),
           leave: proc (s: string, p: Peg, start, length: int)): Hooks = Hooks(enter: enter, leave: leave)

macro hooksOf(handlers: untyped): untyped =
  let enter = branches(handlers, "enter")
  let leave = branches(handlers, "leave")
  let make = bindSym"hooks"
  let peg = bindSym"Peg"
  let (s, p, start, length) = (ident"s", ident"p", ident"start", ident"length")
  result = quote do:
    `make`(
      proc (`s`: string, `p`: `peg`, `start`: int) = `enter`,
      proc (`s`: string, `p`: `peg`, `start`, `length`: int) = `leave`)

template eventParser*(pegAst, handlers: untyped): (proc (s: string): int) =
  ## A parser that tells what it meets: `handlers` are blocks such as `pkNonTerminal:` with an `enter:` and a `leave:` in
  ## them, which see `s`, `p`, `start` and, the latter, `length`.
  block:
    proc parser(s: string): int {.gensym.} = parseWith(s, pegAst, hooksOf(handlers))
    parser
