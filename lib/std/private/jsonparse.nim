# A part of `json`: nodes, and the parser.

type
  JsonNodeKind* = enum
    ## What a node is.
    JNull, JBool, JInt, JFloat, JString, JObject, JArray
  JsonNode* = ref JsonNodeObj
    ## A node; its children are shared.
  JsonNodeObj* {.acyclic.} = object
    isUnquoted: bool # a number that is too large, as text
    case kind*: JsonNodeKind
    of JString: str*: string
    of JInt: num*: BiggestInt
    of JFloat: fnum*: float
    of JBool: bval*: bool
    of JNull: discard
    of JObject: fields*: OrderedTable[string, JsonNode]
    of JArray: elems*: seq[JsonNode]
  JsonParsingError* = object of ValueError ## The text is not JSON.
  JsonKindError* = object of ValueError ## A node is not what a type needs.




const DepthLimit = 1000

type
  Token = enum
    tkError = "error", tkEof = "EOF", tkString = "string literal", tkInt = "int literal", tkFloat = "float literal",
    tkTrue = "true", tkFalse = "false", tkNull = "null", tkCurlyLe = "{", tkCurlyRi = "}", tkBracketLe = "[",
    tkBracketRi = "]", tkColon = ":", tkComma = ","
  Parser = object
    text, filename: string
    pos, lineStart, line: int
    token: Token
    word: string # the token's text
    rawIntegers, rawFloats: bool

proc fail(p: Parser, what: string) =
  raise newException(JsonParsingError, p.filename & "(" & $p.line & ", " & $(p.pos - p.lineStart) & ") Error: " & what)

proc newLine(p: var Parser) =
  # A break counts once, also when it is two characters.
  if p.text[p.pos] == '\r' and p.pos + 1 < p.text.len and p.text[p.pos + 1] == '\n': inc p.pos
  inc p.pos
  inc p.line
  p.lineStart = p.pos

proc skipBlanks(p: var Parser) =
  while p.pos < p.text.len:
    case p.text[p.pos]
    of ' ', '\t': inc p.pos
    of '\r', '\n': newLine(p)
    of '/':
      if p.pos + 1 >= p.text.len: return
      case p.text[p.pos + 1]
      of '/':
        while p.pos < p.text.len and p.text[p.pos] notin {'\r', '\n'}: inc p.pos
      of '*':
        p.pos += 2
        while true:
          if p.pos >= p.text.len: fail(p, "'*/' expected")
          if p.text[p.pos] == '*' and p.pos + 1 < p.text.len and p.text[p.pos + 1] == '/': break
          if p.text[p.pos] in {'\r', '\n'}: newLine(p) else: inc p.pos
        p.pos += 2
      else: return
    else: return

proc hex4(p: var Parser): int =
  # Four digits after `\u`, or -1.
  if p.pos + 4 > p.text.len: return -1
  if parseHex(p.text, result, p.pos, 4) != 4: return -1
  p.pos += 4

proc readEscape(p: var Parser): bool =
  inc p.pos
  if p.pos >= p.text.len: return false
  let c = p.text[p.pos]
  inc p.pos
  case c
  of '\\', '"', '\'', '/': p.word.add(c)
  of 'b': p.word.add('\b')
  of 'f': p.word.add('\f')
  of 'n': p.word.add('\n')
  of 'r': p.word.add('\r')
  of 't': p.word.add('\t')
  of 'v': p.word.add('\v')
  of 'u':
    var code = hex4(p)
    if code < 0: return false
    if (code and 0xFC00) == 0xD800 and p.pos + 1 < p.text.len and p.text[p.pos] == '\\' and p.text[p.pos + 1] == 'u':
      # The other half of a pair.
      p.pos += 2
      let low = hex4(p)
      if low < 0: return false
      if (low and 0xFC00) == 0xDC00: code = 0x10000 + (((code and 0x3FF) shl 10) or (low and 0x3FF))
    p.word.add(Rune(code))
  else:
    # Not an escape that JSON has: kept as it is.
    p.word.add('\\')
    p.word.add(c)
  true

proc readString(p: var Parser): Token =
  inc p.pos
  p.word.setLen(0)
  while true:
    if p.pos >= p.text.len or p.text[p.pos] == '\0': return tkError
    case p.text[p.pos]
    of '"':
      inc p.pos
      return tkString
    of '\\':
      if not readEscape(p): return tkError
    of '\r', '\n':
      let start = p.pos
      newLine(p)
      p.word.add(substr(p.text, start, p.pos - 1))
    else:
      p.word.add(p.text[p.pos])
      inc p.pos

proc readNumber(p: var Parser): Token =
  let start = p.pos
  result = tkInt
  if p.pos < p.text.len and p.text[p.pos] == '-': inc p.pos
  template digits() =
    while p.pos < p.text.len and p.text[p.pos] in Digits: inc p.pos
  if p.pos < p.text.len and p.text[p.pos] == '.':
    result = tkFloat
    inc p.pos
    digits()
  else:
    digits()
    if p.pos < p.text.len and p.text[p.pos] == '.':
      result = tkFloat
      inc p.pos
      digits()
  if p.pos < p.text.len and p.text[p.pos] in {'e', 'E'}:
    result = tkFloat
    inc p.pos
    if p.pos < p.text.len and p.text[p.pos] in {'+', '-'}: inc p.pos
    digits()
  p.word = substr(p.text, start, p.pos - 1)

proc next(p: var Parser) =
  skipBlanks(p)
  template single(kind: Token) =
    p.token = kind
    inc p.pos
  if p.pos >= p.text.len:
    p.token = tkEof
    return
  case p.text[p.pos]
  of '-', '.', '0'..'9': p.token = readNumber(p)
  of '"': p.token = readString(p)
  of '[': single(tkBracketLe)
  of ']': single(tkBracketRi)
  of '{': single(tkCurlyLe)
  of '}': single(tkCurlyRi)
  of ',': single(tkComma)
  of ':': single(tkColon)
  of '\0': p.token = tkEof
  of 'a'..'z', 'A'..'Z', '_':
    let start = p.pos
    while p.pos < p.text.len and p.text[p.pos] in IdentChars: inc p.pos
    p.word = substr(p.text, start, p.pos - 1)
    p.token = case p.word
      of "null": tkNull
      of "true": tkTrue
      of "false": tkFalse
      else: tkError
  else: single(tkError)

proc expected(p: Parser, what: string) = fail(p, what & " expected")

proc eat(p: var Parser, token: Token) =
  if p.token == token: next(p) else: expected(p, $token)

proc readValue(p: var Parser, depth: int): JsonNode =
  case p.token
  of tkString: result = JsonNode(kind: JString, str: p.word)
  of tkInt:
    var value: BiggestInt
    if p.rawIntegers: result = JsonNode(kind: JString, str: p.word, isUnquoted: true)
    else:
      try:
        discard parseBiggestInt(p.word, value)
        result = JsonNode(kind: JInt, num: value)
      except ValueError: result = JsonNode(kind: JString, str: p.word, isUnquoted: true)
  of tkFloat:
    if p.rawFloats: result = JsonNode(kind: JString, str: p.word, isUnquoted: true)
    else: result = JsonNode(kind: JFloat, fnum: strutils.parseFloat(p.word))
  of tkTrue: result = JsonNode(kind: JBool, bval: true)
  of tkFalse: result = JsonNode(kind: JBool, bval: false)
  of tkNull: result = JsonNode(kind: JNull)
  of tkCurlyLe:
    if depth > DepthLimit: expected(p, "}")
    result = JsonNode(kind: JObject, fields: initOrderedTable[string, JsonNode](2))
    next(p)
    while p.token != tkCurlyRi:
      if p.token != tkString: expected(p, "string literal as key")
      let key = p.word
      next(p)
      eat(p, tkColon)
      result.fields[key] = readValue(p, depth + 1)
      if p.token != tkComma: break
      next(p)
    eat(p, tkCurlyRi)
    return
  of tkBracketLe:
    if depth > DepthLimit: expected(p, "]")
    result = JsonNode(kind: JArray)
    next(p)
    while p.token != tkBracketRi:
      result.elems.add(readValue(p, depth + 1))
      if p.token != tkComma: break
      next(p)
    eat(p, tkBracketRi)
    return
  of tkError, tkCurlyRi, tkBracketRi, tkColon, tkComma, tkEof: expected(p, "{")
  next(p)

proc initParser(text, filename: string, rawIntegers, rawFloats: bool): Parser =
  result = Parser(text: text, filename: filename, line: 1, rawIntegers: rawIntegers, rawFloats: rawFloats)
  next(result)

proc parseNamed(buffer, filename: string, rawIntegers, rawFloats: bool): JsonNode =
  var p = initParser(buffer, filename, rawIntegers, rawFloats)
  result = readValue(p, 0)
  eat(p, tkEof)

proc parseJson*(buffer: string, rawIntegers = false, rawFloats = false): JsonNode =
  ## Reads JSON. JsonParsingError when it is none.
  parseNamed(buffer, "input", rawIntegers, rawFloats)

proc parseJson*(s: Stream, filename: string = "", rawIntegers = false, rawFloats = false): JsonNode =
  ## Reads the JSON that the stream holds, and closes it.
  result = parseNamed(s.readAll, filename, rawIntegers, rawFloats)
  s.close

iterator parseJsonFragments*(s: Stream, filename: string = "", rawIntegers = false, rawFloats = false): JsonNode =
  ## Reads one value after the other from the stream, and closes it.
  var p = initParser(s.readAll, filename, rawIntegers, rawFloats)
  while p.token != tkEof: yield readValue(p, 0)
  s.close

iterator parseJsonFragments*(buffer: string, rawIntegers = false, rawFloats = false): JsonNode =
  ## Reads one value after the other.
  var p = initParser(buffer, "input", rawIntegers, rawFloats)
  while p.token != tkEof: yield readValue(p, 0)

proc parseFile*(filename: string): JsonNode = parseNamed(readFile(filename), filename, false, false)
  ## Reads JSON from a file.
