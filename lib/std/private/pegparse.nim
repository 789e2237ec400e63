# A part of `pegs`: from text to patterns.

type
  EInvalidPeg* = object of ValueError
    ## The text is no pattern.
  Modifier = enum
    modNone, modVerbatim, modIgnoreCase, modIgnoreStyle
  TokKind = enum
    tkInvalid = "invalid", tkEof = "[EOF]", tkAny = ".", tkAnyRune = "_", tkIdentifier = "identifier",
    tkStringLit = "string literal", tkCharSet = "character set", tkParLe = "(", tkParRi = ")", tkCurlyLe = "{",
    tkCurlyRi = "}", tkCurlyAt = "{@}", tkEmptyCurl = "{}", tkArrow = "<-", tkBar = "/", tkStar = "*", tkPlus = "+",
    tkAmp = "&", tkNot = "!", tkOption = "?", tkAt = "@", tkBuiltin = "built-in", tkEscaped = "escaped",
    tkBackref = "$ ", tkDollar = "$", tkHat = "^"
  Token = object
    kind: TokKind
    modifier: Modifier
    literal: string
    charset: set[char]
    index: int # of a back reference
  PegParser = object
    text, filename: string
    at, line, lineStart, column: int
    tok: Token
    nonterms: seq[NonTerminal]
    modifier: Modifier
    captures: int
    identIsVerbatim: bool
    skip: Peg

proc getColumn(p: PegParser): int = p.at - p.lineStart + p.column

proc pegError(p: PegParser, message: string, line = -1, col = -1) {.noreturn.} =
  let line = if line < 0: p.line else: line
  let column = if col < 0: p.getColumn else: col
  raise newException(EInvalidPeg, "$1($2, $3) Error: $4" % [p.filename, $line, $column, message])

template here(p: PegParser, offset = 0): char =
  (if p.at + offset < p.text.len: p.text[p.at + offset] else: '\0')

proc getEscaped(p: var PegParser) =
  # Behind a backslash.
  inc p.at
  let c = p.here
  case c
  of 'r', 'R', 'c', 'C': p.tok.literal.add '\c'
  of 'l', 'L': p.tok.literal.add '\l'
  of 'f', 'F': p.tok.literal.add '\f'
  of 'e', 'E': p.tok.literal.add '\e'
  of 'a', 'A': p.tok.literal.add '\a'
  of 'b', 'B': p.tok.literal.add '\b'
  of 'v', 'V': p.tok.literal.add '\v'
  of 't', 'T': p.tok.literal.add '\t'
  of 'x', 'X', '0' .. '9':
    var code = 0
    let digits = if c in Digits: parseutils.parseInt(p.text.substr(p.at, p.at + 3), code)
                 else: parseHex(p.text, code, p.at + 1, 2) + 1
    p.at += digits
    if code in 1 .. 255: p.tok.literal.add chr(code) else: p.tok.kind = tkInvalid
    return
  of '\0' .. '\31':
    p.tok.kind = tkInvalid
    return
  else:
    if c in Letters:
      p.tok.kind = tkInvalid
      return
    p.tok.literal.add c
  inc p.at

proc skipBlanks(p: var PegParser) =
  while p.at < p.text.len:
    case p.here
    of ' ', '\t': inc p.at
    of '#':
      while p.here notin {'\c', '\l', '\0'}: inc p.at
    of '\c', '\l':
      if p.here == '\c' and p.here(1) == '\l': inc p.at
      inc p.at
      inc p.line
      p.lineStart = p.at
    else: break

proc getString(p: var PegParser) =
  p.tok.kind = tkStringLit
  let quote = p.here
  inc p.at
  while p.at < p.text.len:
    case p.here
    of '\\': p.getEscaped
    of '\c', '\l', '\0':
      p.tok.kind = tkInvalid
      break
    else:
      let c = p.here
      inc p.at
      if c == quote: break
      p.tok.literal.add c

proc getDollar(p: var PegParser) =
  inc p.at
  let reverse = p.here == '^'
  if p.here(ord(reverse)) notin Digits:
    p.tok.kind = tkDollar
    return
  p.tok.kind = tkBackref
  if reverse: inc p.at
  p.at += parseutils.parseInt(p.text, p.tok.index, p.at)
  if reverse: p.tok.index = -p.tok.index

proc setMember(p: var PegParser, c: var char): bool =
  # One character of a set.
  case p.here
  of '\\':
    p.getEscaped
    if p.tok.literal.len == 0: return false
    c = p.tok.literal[^1]
  of '\c', '\l', '\0':
    p.tok.kind = tkInvalid
    return false
  else:
    c = p.here
    inc p.at
  true

proc getCharSet(p: var PegParser) =
  p.tok.kind = tkCharSet
  p.tok.charset = {}
  inc p.at
  let inverted = p.here == '^'
  if inverted: inc p.at
  while p.at < p.text.len:
    var first, last: char
    if p.here == ']':
      inc p.at
      break
    if not p.setMember(first): break
    p.tok.charset.incl first
    if p.here == '-':
      inc p.at
      if p.here == ']': p.tok.charset.incl '-'
      elif p.setMember(last):
        for c in ord(first) + 1 .. ord(last): p.tok.charset.incl chr(c)
      else: break
  if inverted: p.tok.charset = {'\1' .. '\xff'} - p.tok.charset

proc getSymbol(p: var PegParser) =
  p.tok.kind = tkIdentifier
  while true:
    p.tok.literal.add p.here
    inc p.at
    if p.here notin IdentChars: break

proc getModified(p: var PegParser) =
  # `i"text"` and its like, or a name.
  p.getSymbol
  if p.here notin {'\'', '"'} and not (p.here == '$' and p.here(1) in Digits + {'^'}): return
  p.tok.modifier = case p.tok.literal
    of "i": modIgnoreCase
    of "y": modIgnoreStyle
    of "v": modVerbatim
    else: modNone
  p.tok.literal = ""
  if p.here == '$': p.getDollar else: p.getString
  if p.tok.modifier == modNone: p.tok.kind = tkInvalid

proc getTok(p: var PegParser) =
  p.tok.kind = tkInvalid
  p.tok.modifier = modNone
  p.tok.literal = ""
  p.skipBlanks
  template single(which: TokKind, length = 1) =
    p.tok.kind = which
    p.tok.literal = p.text.substr(p.at, p.at + length - 1)
    p.at += length
  if p.at >= p.text.len:
    p.tok.kind = tkEof
    p.tok.literal = "[EOF]\0"
    inc p.at
    return
  case p.here
  of '{':
    if p.here(1) == '@' and p.here(2) == '}': single(tkCurlyAt, 3)
    elif p.here(1) == '}': single(tkEmptyCurl, 2)
    else: single(tkCurlyLe)
  of '}': single(tkCurlyRi)
  of '[': p.getCharSet
  of '(': single(tkParLe)
  of ')': single(tkParRi)
  of '.': single(tkAny)
  of '_': single(tkAnyRune)
  of '\\':
    if p.here(1) in Letters:
      inc p.at
      p.getSymbol
      p.tok.kind = tkBuiltin
    else:
      p.tok.kind = tkEscaped
      p.getEscaped
  of '\'', '"': p.getString
  of '$': p.getDollar
  of 'a' .. 'z', 'A' .. 'Z', '\128' .. '\255': p.getModified
  of '+': single(tkPlus)
  of '*': single(tkStar)
  of '<':
    if p.here(1) == '-' and p.here(2) != '\0': single(tkArrow, 2)
    else: p.tok.literal = "<"
  of '/': single(tkBar)
  of '?': single(tkOption)
  of '!': single(tkNot)
  of '&': single(tkAmp)
  of '@':
    if p.here(1) == '@': single(tkCurlyAt, 2) else: single(tkAt)
  of '^': single(tkHat)
  else: single(tkInvalid)
  if p.tok.kind == tkInvalid: p.pegError("'" & p.tok.literal & "' is invalid token")

proc beginsRule(p: PegParser): bool =
  # Is the name that was just read followed by an arrow?
  var at = p.at
  while at < p.text.len and p.text[at] in {'\t', ' '}: inc at
  p.tok.kind == tkIdentifier and p.text.continuesWith("<-", at)

proc eat(p: var PegParser, kind: TokKind) =
  if p.tok.kind == kind: p.getTok else: p.pegError(strutils.strip($kind) & " expected")

proc parseExpr(p: var PegParser): Peg

proc getNonTerminal(p: var PegParser, name: string): NonTerminal =
  for known in p.nonterms:
    if cmpIgnoreStyle(known.name, name) == 0: return known
  result = newNonTerminal(name, p.line, p.getColumn)
  p.nonterms.add result

proc modifierHere(p: PegParser): Modifier = (if p.tok.modifier == modNone: p.modifier else: p.tok.modifier)

proc termHere(p: PegParser): Peg =
  case p.modifierHere
  of modNone, modVerbatim: term(p.tok.literal)
  of modIgnoreCase: termIgnoreCase(p.tok.literal)
  of modIgnoreStyle: termIgnoreStyle(p.tok.literal)

proc backrefHere(p: PegParser): Peg =
  if abs(p.tok.index) > p.captures or p.tok.index == 0:
    p.pegError("invalid back reference index: " & $p.tok.index)
  let reverse = p.tok.index < 0
  case p.modifierHere
  of modNone, modVerbatim: backref(abs(p.tok.index), reverse)
  of modIgnoreCase: backrefIgnoreCase(abs(p.tok.index), reverse)
  of modIgnoreStyle: backrefIgnoreStyle(abs(p.tok.index), reverse)

proc builtin(p: PegParser): Peg =
  const
    all = {'\1' .. '\xff'}
    white = {' ', '\9' .. '\13'}
  case p.tok.literal
  of "n": newLine()
  of "d": charSet(Digits)
  of "D": charSet(all - Digits)
  of "s": charSet(white)
  of "S": charSet(all - white)
  of "w": charSet(IdentChars)
  of "W": charSet(all - IdentChars)
  of "a": charSet(Letters)
  of "A": charSet(all - Letters)
  of "ident": ident()
  of "letter": unicodeLetter()
  of "upper": unicodeUpper()
  of "lower": unicodeLower()
  of "title": unicodeTitle()
  of "white": unicodeWhitespace()
  else: p.pegError("unknown built-in: " & p.tok.literal)

proc token(terminal: Peg, p: PegParser): Peg =
  # What the pattern says is to be passed over comes before it.
  if p.skip.kind == pkEmpty: terminal else: sequence(p.skip, terminal)

proc simple(p: var PegParser): Peg =
  case p.tok.kind
  of tkIdentifier:
    if p.identIsVerbatim: result = p.termHere.token(p)
    elif p.beginsRule: p.pegError("expression expected, but found: " & p.tok.literal)
    else:
      let nt = p.getNonTerminal(p.tok.literal)
      nt.flags.incl ntUsed
      result = nonterminal(nt).token(p)
  of tkStringLit: result = p.termHere.token(p)
  of tkCharSet:
    if '\0' in p.tok.charset: p.pegError("binary zero ('\\0') not allowed in character class")
    result = charSet(p.tok.charset).token(p)
  of tkParLe:
    p.getTok
    result = p.parseExpr
    p.eat(tkParRi)
    return
  of tkCurlyLe:
    p.getTok
    result = capture(p.parseExpr).token(p)
    p.eat(tkCurlyRi)
    inc p.captures
    return
  of tkEmptyCurl: result = capture()
  of tkAny: result = pegs.any().token(p)
  of tkAnyRune: result = anyRune().token(p)
  of tkBuiltin: result = p.builtin.token(p)
  of tkEscaped: result = term(p.tok.literal[0]).token(p)
  of tkDollar: result = endAnchor()
  of tkHat: result = startAnchor()
  of tkBackref: result = p.backrefHere.token(p)
  else: p.pegError("expression expected, but found: " & p.tok.literal)
  p.getTok

proc primary(p: var PegParser): Peg =
  let kind = p.tok.kind
  if kind in {tkAmp, tkNot, tkAt, tkCurlyAt}:
    p.getTok
    let operand = p.primary
    return case kind
      of tkAmp: &operand
      of tkNot: !operand
      of tkAt: !*operand
      else: !*\operand.token(p)
  result = p.simple
  while true:
    case p.tok.kind
    of tkOption: result = ?result
    of tkStar: result = *result
    of tkPlus: result = +result
    else: break
    p.getTok

proc parseSequence(p: var PegParser): Peg =
  result = p.primary
  while p.tok.kind in {tkAmp, tkNot, tkAt, tkStringLit, tkCharSet, tkParLe, tkCurlyLe, tkAny, tkAnyRune, tkBuiltin,
      tkEscaped, tkDollar, tkBackref, tkHat, tkCurlyAt, tkEmptyCurl} or p.tok.kind == tkIdentifier and not p.beginsRule:
    result = sequence(result, p.primary)

proc parseExpr(p: var PegParser): Peg =
  result = p.parseSequence
  while p.tok.kind == tkBar:
    p.getTok
    result = result / p.parseSequence

proc parseRule(p: var PegParser): NonTerminal =
  if not p.beginsRule: p.pegError("rule expected, but found: " & p.tok.literal)
  result = p.getNonTerminal(p.tok.literal)
  if ntDeclared in result.flags: p.pegError("attempt to redefine: " & result.name)
  result.line = p.line
  result.col = p.getColumn
  p.getTok
  p.eat(tkArrow)
  result.rule = p.parseExpr
  result.flags.incl ntDeclared

proc options(p: var PegParser) =
  # `\i`, `\y` and `\skip` at the beginning.
  while p.tok.kind == tkBuiltin:
    case p.tok.literal
    of "i":
      p.modifier = modIgnoreCase
      p.getTok
    of "y":
      p.modifier = modIgnoreStyle
      p.getTok
    of "skip":
      p.getTok
      p.skip = ?p.primary
    else: break

proc parseAll(p: var PegParser): Peg =
  p.options
  if p.beginsRule:
    result = p.parseRule.rule
    while p.tok.kind != tkEof: discard p.parseRule
  else:
    p.identIsVerbatim = true
    result = p.parseExpr
  if p.tok.kind != tkEof: p.pegError("EOF expected, but found: " & p.tok.literal)
  for i, nt in p.nonterms:
    if ntDeclared notin nt.flags: p.pegError("undeclared identifier: " & nt.name, nt.line, nt.col)
    elif ntUsed notin nt.flags and i > 0: p.pegError("unused rule: " & nt.name, nt.line, nt.col)

func parsePeg*(pattern: string, filename = "pattern", line = 1, col = 0): Peg =
  ## The pattern that a text says. EInvalidPeg when it says none.
  {.cast(noSideEffect).}:
    var p = PegParser(text: pattern, filename: filename, line: line, column: col)
    p.getTok
    result = p.parseAll

func peg*(pattern: string): Peg = parsePeg(pattern)
  ## The pattern that a text says.

func escapePeg*(s: string): string =
  ## A pattern that fits the text alone.
  var inQuote = false
  for c in s:
    let plain = c notin {'\0' .. '\31', '\'', '"', '\\'}
    if plain != inQuote: result.add '\''
    inQuote = plain
    if plain: result.add c else: result.add "\\x" & toHex(ord(c), 2)
  if inQuote: result.add '\''
