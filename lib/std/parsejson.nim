## JSON as events: each `next` reads one more. `json` reads whole documents with the same words.

import std/[lexbase, strbasics, streams, unicode]
import std/strutils except NewLines

type
  JsonEventKind* = enum ## What was read.
    jsonError, jsonEof, jsonString, jsonInt, jsonFloat, jsonTrue, jsonFalse, jsonNull, jsonObjectStart, jsonObjectEnd,
    jsonArrayStart, jsonArrayEnd
  TokKind* = enum ## What words there are.
    tkError, tkEof, tkString, tkInt, tkFloat, tkTrue, tkFalse, tkNull, tkCurlyLe, tkCurlyRi, tkBracketLe, tkBracketRi,
    tkColon, tkComma
  JsonError* = enum ## What was wrong.
    errNone, errInvalidToken, errStringExpected, errColonExpected, errCommaExpected, errBracketRiExpected,
    errCurlyRiExpected, errQuoteExpected, errEOC_Expected, errEofExpected, errExprExpected
  ParserState = enum
    stateStart, stateEof, stateArray, stateArrayNext, stateObject, stateObjectNext, stateColon, stateValue
  JsonParser* = object of BaseLexer
    ## A text that is being read.
    a*: string ## The text of the last word.
    tok*: TokKind ## The last word.
    kind: JsonEventKind
    err: JsonError
    state: seq[ParserState]
    filename: string
    rawStringLiterals: bool
  JsonKindError* = object of ValueError
    ## A node is not what a type needs.
  JsonParsingError* = object of ValueError
    ## The text is not JSON.

const
  errorMessages*: array[JsonError, string] = [
    "no error", "invalid token", "string expected", "':' expected", "',' expected", "']' expected", "'}' expected",
    "'\"' or \"'\" expected", "'*/' expected", "EOF expected", "expression expected"] ## In words.
  values = {tkString .. tkNull}

proc open*(my: var JsonParser, input: Stream, filename: string, rawStringLiterals = false) =
  ## Starts to read `input`; the name is for messages. With `rawStringLiterals`, strings are given as they are written.
  lexbase.open(my, input)
  my.filename = filename
  my.state = @[stateStart]
  my.kind = jsonError
  my.a = ""
  my.rawStringLiterals = rawStringLiterals

proc close*(my: var JsonParser) =
  ## Closes the stream.
  lexbase.close(my)

proc str*(my: JsonParser): string =
  ## The text of a number or string.
  assert my.kind in {jsonInt, jsonFloat, jsonString}
  my.a
proc getInt*(my: JsonParser): BiggestInt =
  ## The number.
  assert my.kind == jsonInt
  parseBiggestInt(my.a)
proc getFloat*(my: JsonParser): float =
  ## The number.
  assert my.kind == jsonFloat
  parseFloat(my.a)
proc kind*(my: JsonParser): JsonEventKind = my.kind
  ## What was read.
proc getColumn*(my: JsonParser): int = getColNumber(my, my.bufpos)
  ## Where the parser is.
proc getLine*(my: JsonParser): int = my.lineNumber
  ## Its line.
proc getFilename*(my: JsonParser): string = my.filename
  ## The name given to `open`.
proc errorMsg*(my: JsonParser): string =
  ## What a `jsonError` is about.
  assert my.kind == jsonError
  "$1($2, $3) Error: $4" % [my.filename, $my.getLine, $my.getColumn, errorMessages[my.err]]
proc errorMsgExpected*(my: JsonParser, e: string): string =
  ## The message for something that is missing.
  "$1($2, $3) Error: $4" % [my.filename, $my.getLine, $my.getColumn, e & " expected"]
proc raiseParseErr*(p: JsonParser, msg: string) {.noinline, noreturn.} =
  ## Raises it.
  raise newException(JsonParsingError, p.errorMsgExpected(msg))

proc hexDigit(c: char): int =
  case c
  of '0' .. '9': ord(c) - ord('0')
  of 'a' .. 'f': ord(c) - ord('a') + 10
  of 'A' .. 'F': ord(c) - ord('A') + 10
  else: -1

proc hexDigits(buf: openArray[char], pos: var int): int =
  for _ in 1 .. 4:
    let digit = hexDigit(buf[pos])
    if digit < 0: return -1
    result = result * 16 + digit
    inc pos

proc parseEscapedUTF16*(buf: cstring, pos: var int): int =
  ## The number that the four digits after `\u` are; -1 if they are none.
  for _ in 1 .. 4:
    let digit = hexDigit(buf[pos])
    if digit < 0: return -1
    result = result * 16 + digit
    inc pos

proc parseUnicode(my: var JsonParser, pos: var int): bool =
  # Behind `\u`. Two halves of a pair are one character.
  let first = pos
  var code = hexDigits(my.buf, pos)
  if code < 0: return false
  if (code and 0xfc00) == 0xd800:
    if my.buf[pos] != '\\' or my.buf[pos + 1] != 'u': return false
    inc pos, 2
    let low = hexDigits(my.buf, pos)
    if low < 0 or (low and 0xfc00) != 0xdc00: return false
    code = 0x10000 + ((code and 0x3ff) shl 10 or (low and 0x3ff))
  if my.rawStringLiterals:
    # Only the first half of a pair is kept.
    my.a.add my.buf.toOpenArray(first, first + 3)
  else:
    my.a.add toUTF8(Rune(code))
  true

proc parseEscape(my: var JsonParser, pos: var int): bool =
  # At a backslash.
  if my.rawStringLiterals: my.a.add '\\'
  let c = my.buf[pos + 1]
  case c
  of '\\', '"', '\'', '/': my.a.add c
  of 'b': my.a.add '\b'
  of 'f': my.a.add '\f'
  of 'n': my.a.add '\l'
  of 'r': my.a.add '\c'
  of 't': my.a.add '\t'
  of 'v': my.a.add '\v'
  of 'u':
    if my.rawStringLiterals: my.a.add 'u'
    inc pos, 2
    return my.parseUnicode(pos)
  else:
    # As in Nim, the backslash stands for itself.
    my.a.add '\\'
    inc pos
    return true
  inc pos, 2
  true

proc parseString(my: var JsonParser): TokKind =
  result = tkString
  var pos = my.bufpos + 1
  if my.rawStringLiterals: my.a.add '"'
  while true:
    # What stands for itself is taken at once.
    let first = pos
    while my.buf[pos] notin {'"', '\\', '\c', '\l', EndOfFile}: inc pos
    if pos > first: my.a.add my.buf.toOpenArray(first, pos - 1)
    case my.buf[pos]
    of '"':
      if my.rawStringLiterals: my.a.add '"'
      inc pos
      break
    of '\\':
      if not my.parseEscape(pos):
        # The string ends here; what follows does not fit then.
        my.err = errInvalidToken
        break
    of '\c':
      pos = my.handleCR(pos)
      my.a.add '\c'
    of '\l':
      pos = my.handleLF(pos)
      my.a.add '\l'
    else:
      my.err = errQuoteExpected
      result = tkError
      break
  my.bufpos = pos

proc skip(my: var JsonParser) =
  # White space and comments.
  var pos = my.bufpos
  while true:
    case my.buf[pos]
    of '/':
      if my.buf[pos + 1] == '/':
        while my.buf[pos] notin NewLines + {EndOfFile}: inc pos
      elif my.buf[pos + 1] == '*':
        inc pos, 2
        while not (my.buf[pos] == '*' and my.buf[pos + 1] == '/'):
          case my.buf[pos]
          of EndOfFile:
            my.err = errEOC_Expected
            my.bufpos = pos
            return
          of '\c': pos = my.handleCR(pos)
          of '\l': pos = my.handleLF(pos)
          else: inc pos
        inc pos, 2
      else: break
    of ' ', '\t': inc pos
    of '\c': pos = my.handleCR(pos)
    of '\l': pos = my.handleLF(pos)
    else: break
  my.bufpos = pos

proc parseNumber(my: var JsonParser): TokKind =
  var pos = my.bufpos
  template take(set: untyped) =
    while my.buf[pos] in set:
      my.a.add my.buf[pos]
      inc pos
  if my.buf[pos] == '-':
    my.a.add '-'
    inc pos
  result = tkInt
  if my.buf[pos] == '.': my.a.add '0'
  take(Digits)
  if my.buf[pos] == '.':
    my.a.add '.'
    inc pos
    take(Digits)
    result = tkFloat
  if my.buf[pos] in {'E', 'e'}:
    my.a.add my.buf[pos]
    inc pos
    if my.buf[pos] in {'+', '-'}:
      my.a.add my.buf[pos]
      inc pos
    take(Digits)
    result = tkFloat
  my.bufpos = pos

proc getTok*(my: var JsonParser): TokKind =
  ## Reads a word.
  my.a.setLen 0
  my.skip
  template single(kind: TokKind): TokKind =
    inc my.bufpos
    kind
  result = case my.buf[my.bufpos]
    of '-', '.', '0' .. '9': my.parseNumber
    of '"': my.parseString
    of '[': single(tkBracketLe)
    of ']': single(tkBracketRi)
    of '{': single(tkCurlyLe)
    of '}': single(tkCurlyRi)
    of ',': single(tkComma)
    of ':': single(tkColon)
    of EndOfFile: tkEof
    of 'a' .. 'z', 'A' .. 'Z', '_':
      while my.buf[my.bufpos] in IdentChars:
        my.a.add my.buf[my.bufpos]
        inc my.bufpos
      case my.a
      of "null": tkNull
      of "true": tkTrue
      of "false": tkFalse
      else: tkError
    else: single(tkError)
  my.tok = result

proc eat*(p: var JsonParser, tok: TokKind) =
  ## Passes over `tok`, which must be there.
  const shown: array[TokKind, string] = ["invalid token", "EOF", "string literal", "int literal", "float literal", "true",
    "false", "null", "{", "}", "[", "]", ":", ","]
  if p.tok == tok: discard p.getTok
  else: p.raiseParseErr(shown[tok])

proc fail(my: var JsonParser, error: JsonError) =
  my.kind = jsonError
  my.err = error

proc value(my: var JsonParser, tok: TokKind, error: JsonError) =
  # A value begins with this word; what comes after it is on the stack already.
  case tok
  of values: my.kind = JsonEventKind(ord(tok))
  of tkBracketLe:
    my.state.add stateArray
    my.kind = jsonArrayStart
  of tkCurlyLe:
    my.state.add stateObject
    my.kind = jsonObjectStart
  else: my.fail error

proc next*(my: var JsonParser) =
  ## Reads the next event.
  var tok = my.getTok
  while true:
    let at = my.state.high
    case my.state[at]
    of stateEof:
      if tok == tkEof: my.kind = jsonEof
      else: my.fail errEofExpected
    of stateStart:
      if tok == tkEof:
        my.kind = jsonEof
      else:
        my.state[at] = stateEof
        my.value(tok, errEofExpected)
    of stateArray:
      if tok == tkBracketRi:
        discard my.state.pop
        my.kind = jsonArrayEnd
      else:
        my.state[at] = stateArrayNext
        my.value(tok, errBracketRiExpected)
    of stateArrayNext:
      case tok
      of tkComma:
        tok = my.getTok
        my.state[at] = stateArray
        continue
      of tkBracketRi:
        discard my.state.pop
        my.kind = jsonArrayEnd
      else: my.fail errBracketRiExpected
    of stateObject:
      case tok
      of values + {tkBracketLe, tkCurlyLe}:
        my.state[at] = stateColon
        my.value(tok, errCurlyRiExpected)
      of tkCurlyRi:
        discard my.state.pop
        my.kind = jsonObjectEnd
      else: my.fail errCurlyRiExpected
    of stateObjectNext:
      case tok
      of tkComma:
        tok = my.getTok
        my.state[at] = stateObject
        continue
      of tkCurlyRi:
        discard my.state.pop
        my.kind = jsonObjectEnd
      else: my.fail errCurlyRiExpected
    of stateColon:
      if tok == tkColon:
        tok = my.getTok
        my.state[at] = stateValue
        continue
      my.fail errColonExpected
    of stateValue:
      my.state[at] = stateObjectNext
      my.value(tok, errExprExpected)
    break
