## Patterns that are parsing expression grammars, written as text or put together by operators.

import std/[macros, parseutils, strutils, unicode]

const
  MaxSubpatterns* = 20 ## How many parts can be captured.
  inlineThreshold = 5

type
  PegKind* = enum ## What a pattern is.
    pkEmpty, pkAny, pkAnyRune, pkNewLine, pkLetter, pkLower, pkUpper, pkTitle, pkWhitespace, pkTerminal,
    pkTerminalIgnoreCase, pkTerminalIgnoreStyle, pkChar, pkCharChoice, pkNonTerminal, pkSequence, pkOrderedChoice,
    pkGreedyRep, pkGreedyRepChar, pkGreedyRepSet, pkGreedyAny, pkOption, pkAndPredicate, pkNotPredicate, pkCapture,
    pkBackRef, pkBackRefIgnoreCase, pkBackRefIgnoreStyle, pkSearch, pkCapturedSearch, pkRule, pkList, pkStartAnchor
  NonTerminalFlag* = enum
    ntDeclared, ntUsed
  NonTerminalObj = object
    name: string
    line, col: int
    flags: set[NonTerminalFlag]
    rule: Peg
  NonTerminal* = ref NonTerminalObj
    ## A rule with a name.
  Peg* = object
    ## A pattern.
    case kind: PegKind
    of pkEmpty .. pkWhitespace: nil
    of pkTerminal, pkTerminalIgnoreCase, pkTerminalIgnoreStyle: term: string
    of pkChar, pkGreedyRepChar: ch: char
    of pkCharChoice, pkGreedyRepSet: charChoice: ref set[char]
    of pkNonTerminal: nt: NonTerminal
    of pkBackRef .. pkBackRefIgnoreStyle: index: range[-MaxSubpatterns .. MaxSubpatterns - 1]
    else: sons: seq[Peg]

func kind*(p: Peg): PegKind = p.kind
func term*(p: Peg): string = p.term
func ch*(p: Peg): char = p.ch
func charChoice*(p: Peg): ref set[char] = p.charChoice
func nt*(p: Peg): NonTerminal = p.nt
func index*(p: Peg): range[-MaxSubpatterns .. MaxSubpatterns - 1] = p.index
iterator items*(p: Peg): Peg =
  ## The patterns that it consists of.
  for son in p.sons: yield son
iterator pairs*(p: Peg): (int, Peg) =
  ## The same, numbered.
  for i in 0 ..< p.sons.len: yield (i, p.sons[i])
func name*(nt: NonTerminal): string = nt.name
func line*(nt: NonTerminal): int = nt.line
func col*(nt: NonTerminal): int = nt.col
func flags*(nt: NonTerminal): set[NonTerminalFlag] = nt.flags
func rule*(nt: NonTerminal): Peg = nt.rule

# Putting patterns together

func term*(t: string): Peg =
  ## Fits the text.
  if t.len == 1: Peg(kind: pkChar, ch: t[0]) else: Peg(kind: pkTerminal, term: t)
func termIgnoreCase*(t: string): Peg = Peg(kind: pkTerminalIgnoreCase, term: t)
  ## Fits the text in any case.
func termIgnoreStyle*(t: string): Peg = Peg(kind: pkTerminalIgnoreStyle, term: t)
  ## Fits the text in any style.
func term*(t: char): Peg =
  ## Fits the character.
  assert t != '\0'
  Peg(kind: pkChar, ch: t)
func charSet*(s: set[char]): Peg =
  ## Fits one of the characters.
  assert '\0' notin s
  result = Peg(kind: pkCharChoice, charChoice: new(set[char]))
  result.charChoice[] = s

func addChoice(dest: var Peg, elem: Peg) =
  # Sets of characters beside each other are one.
  if dest.sons.len > 0 and dest.sons[^1].kind == pkCharChoice and elem.kind in {pkCharChoice, pkChar}:
    let more = if elem.kind == pkChar: {elem.ch} else: elem.charChoice[]
    dest.sons[^1] = charSet(dest.sons[^1].charChoice[] + more)
  else: dest.sons.add elem

func addSequence(dest: var Peg, elem: Peg) =
  # Texts behind each other are one.
  if dest.sons.len > 0 and dest.sons[^1].kind == pkTerminal and elem.kind in {pkTerminal, pkChar}:
    let more = if elem.kind == pkChar: $elem.ch else: elem.term
    dest.sons[^1] = term(dest.sons[^1].term & more)
  else: dest.sons.add elem

template joined(a: openArray[Peg], which: static PegKind, add: untyped): Peg =
  var all = Peg(kind: which, sons: @[])
  for p in a:
    if p.kind == which:
      for son in p.sons: add(all, son)
    else: add(all, p)
  if all.sons.len == 1: all.sons[0] else: all

func `/`*(a: varargs[Peg]): Peg = joined(a, pkOrderedChoice, addChoice)
  ## The first that fits.
func sequence*(a: varargs[Peg]): Peg = joined(a, pkSequence, addSequence)
  ## One behind the other.

func `?`*(a: Peg): Peg =
  ## Perhaps.
  if a.kind in {pkOption, pkGreedyRep, pkGreedyAny, pkGreedyRepChar, pkGreedyRepSet}: a
  else: Peg(kind: pkOption, sons: @[a])

func `*`*(a: Peg): Peg =
  ## As often as it fits, perhaps never.
  case a.kind
  of pkGreedyRep, pkGreedyRepChar, pkGreedyRepSet, pkGreedyAny, pkOption:
    assert false # it would fit for ever
    a
  of pkChar: Peg(kind: pkGreedyRepChar, ch: a.ch)
  of pkCharChoice: Peg(kind: pkGreedyRepSet, charChoice: a.charChoice)
  of pkAny, pkAnyRune: Peg(kind: pkGreedyAny)
  else: Peg(kind: pkGreedyRep, sons: @[a])

func `!*`*(a: Peg): Peg = Peg(kind: pkSearch, sons: @[a])
  ## All up to it, with it.
func `!*\`*(a: Peg): Peg = Peg(kind: pkCapturedSearch, sons: @[a])
  ## The same; what comes before it is captured.
func `+`*(a: Peg): Peg = sequence(a, *a)
  ## As often as it fits, at least once.
func `&`*(a: Peg): Peg = Peg(kind: pkAndPredicate, sons: @[a])
  ## It would fit.
func `!`*(a: Peg): Peg = Peg(kind: pkNotPredicate, sons: @[a])
  ## It would not fit.
func any*(): Peg = Peg(kind: pkAny)
  ## Any character.
func anyRune*(): Peg = Peg(kind: pkAnyRune)
  ## Any character of Unicode.
func newLine*(): Peg = Peg(kind: pkNewLine)
  ## A line break.
func unicodeLetter*(): Peg = Peg(kind: pkLetter)
func unicodeLower*(): Peg = Peg(kind: pkLower)
func unicodeUpper*(): Peg = Peg(kind: pkUpper)
func unicodeTitle*(): Peg = Peg(kind: pkTitle)
func unicodeWhitespace*(): Peg = Peg(kind: pkWhitespace)
func startAnchor*(): Peg = Peg(kind: pkStartAnchor)
  ## The beginning.
func endAnchor*(): Peg = !any()
  ## The end.
func capture*(a: Peg = Peg(kind: pkEmpty)): Peg = Peg(kind: pkCapture, sons: @[a])
  ## It, and captured.

func backrefOf(kind: static PegKind, index: int, reverse: bool): Peg =
  Peg(kind: kind, index: (if reverse: -index else: index - 1))
func backref*(index: range[1 .. MaxSubpatterns], reverse: bool = false): Peg = backrefOf(pkBackRef, index, reverse)
  ## What was captured before, counted from the end with `reverse`.
func backrefIgnoreCase*(index: range[1 .. MaxSubpatterns], reverse: bool = false): Peg =
  backrefOf(pkBackRefIgnoreCase, index, reverse)
func backrefIgnoreStyle*(index: range[1 .. MaxSubpatterns], reverse: bool = false): Peg =
  backrefOf(pkBackRefIgnoreStyle, index, reverse)

func cost(p: Peg): int =
  case p.kind
  of pkEmpty: 0
  of pkNonTerminal: inlineThreshold + 1
  of pkAny .. pkCharChoice, pkGreedyRepChar .. pkGreedyAny, pkBackRef .. pkBackRefIgnoreStyle: 1
  else:
    var sum = 0
    for son in p.sons:
      sum += cost(son)
      if sum >= inlineThreshold: break
    sum

func nonterminal*(n: NonTerminal): Peg =
  ## What the rule says. A small rule is put in its place.
  assert n != nil
  if ntDeclared in n.flags and cost(n.rule) < inlineThreshold: n.rule
  else: Peg(kind: pkNonTerminal, nt: n)

func newNonTerminal*(name: string, line, column: int): NonTerminal = NonTerminal(name: name, line: line, col: column)
  ## A rule that is not known yet.

template letters*(): Peg = charSet({'A' .. 'Z', 'a' .. 'z'})
template digits*(): Peg = charSet({'0' .. '9'})
template whitespace*(): Peg = charSet({' ', '\9' .. '\13'})
template identChars*(): Peg = charSet({'a' .. 'z', 'A' .. 'Z', '0' .. '9', '_'})
template identStartChars*(): Peg = charSet({'A' .. 'Z', 'a' .. 'z', '_'})
template ident*(): Peg =
  ## A name.
  sequence(charSet({'a' .. 'z', 'A' .. 'Z', '_'}), *charSet({'a' .. 'z', 'A' .. 'Z', '0' .. '9', '_'}))
template natural*(): Peg =
  ## A number.
  +digits()

# As text

func escaped(c: char, reserved: set[char]): string =
  case c
  of '\b': "\\b"
  of '\t': "\\t"
  of '\c': "\\c"
  of '\l': "\\l"
  of '\v': "\\v"
  of '\f': "\\f"
  of '\e': "\\e"
  of '\a': "\\a"
  of '\\': "\\\\"
  of 'a' .. 'z', 'A' .. 'Z', '0' .. '9', '_': $c
  else:
    if c < ' ' or c >= '\127': "\\" & $ord(c)
    elif c in reserved: "\\" & c
    else: $c

func quoted(text: string): string =
  result = "'"
  for c in text: result.add escaped(c, {'\''})
  result.add '\''

func setText(chars: set[char]): string =
  let inverted = card(chars) >= 192
  let listed = if inverted: {'\1' .. '\xff'} - chars else: chars
  result = if inverted: "[^" else: "["
  var first = 0
  while first <= 255:
    if chr(first) in listed:
      var last = first
      while last < 255 and chr(last + 1) in listed: inc last
      result.add escaped(chr(first), {'^', '-', ']'})
      if last > first + 1: result.add '-'
      if last > first: result.add escaped(chr(last), {'^', '-', ']'})
      first = last
    inc first
  result.add ']'

func `$`*(r: Peg): string

func listed(sons: seq[Peg], separator: string): string =
  result = "("
  for i, son in sons:
    if i > 0: result.add separator
    result.add $son
  result.add ')'

func `$`*(r: Peg): string =
  ## A pattern as text.
  case r.kind
  of pkEmpty: "()"
  of pkAny: "."
  of pkAnyRune: "_"
  of pkLetter: "\\letter"
  of pkLower: "\\lower"
  of pkUpper: "\\upper"
  of pkTitle: "\\title"
  of pkWhitespace: "\\white"
  of pkNewLine: "\\n"
  of pkTerminal: quoted(r.term)
  of pkTerminalIgnoreCase: "i" & quoted(r.term)
  of pkTerminalIgnoreStyle: "y" & quoted(r.term)
  of pkChar: quoted($r.ch)
  of pkCharChoice: setText(r.charChoice[])
  of pkNonTerminal: r.nt.name
  of pkSequence: listed(r.sons, " ")
  of pkOrderedChoice: listed(r.sons, " / ")
  of pkGreedyRep: $r.sons[0] & "*"
  of pkGreedyRepChar: quoted($r.ch) & "*"
  of pkGreedyRepSet: setText(r.charChoice[]) & "*"
  of pkGreedyAny: ".*"
  of pkOption: $r.sons[0] & "?"
  of pkAndPredicate: "&" & $r.sons[0]
  of pkNotPredicate: "!" & $r.sons[0]
  of pkSearch: "@" & $r.sons[0]
  of pkCapturedSearch: "{@}" & $r.sons[0]
  of pkCapture: "{" & $r.sons[0] & "}"
  of pkBackRef: "$" & $r.index
  of pkBackRefIgnoreCase: "i$" & $r.index
  of pkBackRefIgnoreStyle: "y$" & $r.index
  of pkRule: $r.sons[0] & " <- " & $r.sons[1]
  of pkList:
    var lines = ""
    for son in r.sons: lines.add $son & "\n"
    lines
  of pkStartAnchor: "^"

include private/pegmatch
include private/pegparse

# Using them

func fill(matches: var openArray[string], s: string, c: Captures) =
  for i in 0 ..< c.ml: matches[i] = s.substr(c.matches[i].first, c.matches[i].last)

func matchLen*(s: string, pattern: Peg, matches: var openArray[string], start = 0): int =
  ## How much it takes at `start`, or -1; and what was captured.
  var c = Captures(origStart: start)
  result = rawMatch(s, pattern, start, c)
  if result >= 0: matches.fill(s, c)

func matchLen*(s: string, pattern: Peg, start = 0): int =
  ## How much it takes at `start`, or -1.
  var c = Captures(origStart: start)
  rawMatch(s, pattern, start, c)

func match*(s: string, pattern: Peg, matches: var openArray[string], start = 0): bool =
  ## Does it fit at `start`?
  matchLen(s, pattern, matches, start) != -1

func match*(s: string, pattern: Peg, start = 0): bool = matchLen(s, pattern, start) != -1
  ## Does it fit at `start`?

func findBounds*(s: string, pattern: Peg, matches: var openArray[string], start = 0): tuple[first, last: int] =
  ## Where it fits first, or (-1, 0); and what was captured.
  var c = Captures(origStart: start)
  for i in start ..< s.len:
    c.ml = 0
    let length = rawMatch(s, pattern, i, c)
    if length >= 0:
      matches.fill(s, c)
      return (i, i + length - 1)
  (-1, 0)

func find*(s: string, pattern: Peg, matches: var openArray[string], start = 0): int =
  ## Where it begins to fit first, or -1; and what was captured.
  findBounds(s, pattern, matches, start).first

func find*(s: string, pattern: Peg, start = 0): int =
  ## Where it begins to fit first, or -1.
  var c = Captures(origStart: start)
  for i in start ..< s.len:
    if rawMatch(s, pattern, i, c) >= 0: return i
  -1

iterator findAll*(s: string, pattern: Peg, start = 0): string =
  ## Whatever it fits, one behind the other.
  var c = Captures(origStart: start)
  var i = start
  while i < s.len:
    c.ml = 0
    let length = rawMatch(s, pattern, i, c)
    if length < 0:
      inc i
    else:
      yield s.substr(i, i + length - 1)
      i += max(length, 1)

func findAll*(s: string, pattern: Peg, start = 0): seq[string] =
  ## Whatever it fits, one behind the other.
  for found in findAll(s, pattern, start): result.add found

template `=~`*(s: string, pattern: Peg): bool =
  ## Does it fit? What was captured is in `matches`.
  bind MaxSubpatterns
  when not declaredInScope(matches):
    var matches {.inject.}: array[0 .. MaxSubpatterns - 1, string]
  match(s, pattern, matches)

func contains*(s: string, pattern: Peg, start = 0): bool = find(s, pattern, start) >= 0
  ## Does it fit anywhere?
func contains*(s: string, pattern: Peg, matches: var openArray[string], start = 0): bool =
  find(s, pattern, matches, start) >= 0
func startsWith*(s: string, prefix: Peg, start = 0): bool = matchLen(s, prefix, start) >= 0
  ## Does it fit at `start`?

func endsWith*(s: string, suffix: Peg, start = 0): bool =
  ## Does it fit up to the end?
  var c = Captures(origStart: start)
  for i in start ..< s.len:
    if rawMatch(s, suffix, i, c) == s.len - i: return true

template replacing(s: string, result: var string, step: untyped) =
  # `step` gives how much is taken at `i` and adds what comes in its place.
  var i {.inject.} = 0
  while i < s.len:
    let length: int = step
    if length <= 0:
      result.add s[i]
      inc i
    else: i += length

func replacef*(s: string, sub: Peg, by: string): string =
  ## With a format in the place of whatever it fits, in which `$1` is the first captured part.
  var caps: array[MaxSubpatterns, string]
  var c: Captures
  s.replacing(result):
    c.ml = 0
    let taken = rawMatch(s, sub, i, c)
    if taken > 0:
      caps.fill(s, c)
      result.addf(by, caps)
    taken

func replace*(s: string, sub: Peg, by = ""): string =
  ## With `by` in the place of whatever it fits.
  var c: Captures
  s.replacing(result):
    c.ml = 0
    let taken = rawMatch(s, sub, i, c)
    if taken > 0: result.add by
    taken

func parallelReplace*(s: string, subs: varargs[tuple[pattern: Peg, repl: string]]): string =
  ## The same with the first of several patterns that fits, and its format.
  var caps: array[MaxSubpatterns, string]
  var c: Captures
  s.replacing(result):
    var taken = 0
    for (pattern, format) in subs:
      c.ml = 0
      taken = rawMatch(s, pattern, i, c)
      if taken > 0:
        caps.fill(s, c)
        result.addf(format, caps)
        break
    taken

func replace*(s: string, sub: Peg, cb: proc (match: int, cnt: int, caps: openArray[string]): string): string {.
              effectsOf: cb.} =
  ## With what `cb` gives in the place of whatever it fits.
  var caps: array[MaxSubpatterns, string]
  var c: Captures
  var number = 0
  s.replacing(result):
    c.ml = 0
    let taken = rawMatch(s, sub, i, c)
    if taken > 0:
      caps.fill(s, c)
      result.add cb(number, c.ml, caps)
      inc number
    taken

proc transformFile*(infile, outfile: string, subs: varargs[tuple[pattern: Peg, repl: string]]) =
  ## Writes a file after `parallelReplace`.
  writeFile(outfile, readFile(infile).parallelReplace(subs))

iterator split*(s: string, sep: Peg): string =
  ## What stands between whatever it fits.
  var c: Captures
  var last = 0
  while last < s.len:
    c.ml = 0
    last += max(rawMatch(s, sep, last, c), 0)
    let first = last
    while last < s.len:
      inc last
      c.ml = 0
      if rawMatch(s, sep, last, c) > 0: break
    if first < last: yield s.substr(first, last - 1)

func split*(s: string, sep: Peg): seq[string] =
  ## What stands between whatever it fits.
  for part in split(s, sep): result.add part
