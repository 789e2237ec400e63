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

const depthLimit = 1000

proc newRaw(text: sink string): JsonNode = JsonNode(kind: JString, str: text, isUnquoted: true)

proc readInt(text: string, raw: bool): JsonNode =
  if raw: return newRaw(text)
  try: JsonNode(kind: JInt, num: parseBiggestInt(text))
  except ValueError: newRaw(text)

proc readFloat(text: string, raw: bool): JsonNode =
  if raw: return newRaw(text)
  try: JsonNode(kind: JFloat, fnum: parseFloat(text))
  except ValueError: newRaw(text)

proc readValue(p: var JsonParser, rawIntegers, rawFloats: bool, depth = 0): JsonNode =
  case p.tok
  of tkString: result = JsonNode(kind: JString, str: move p.a)
  of tkInt: result = readInt(p.a, rawIntegers)
  of tkFloat: result = readFloat(p.a, rawFloats)
  of tkTrue: result = JsonNode(kind: JBool, bval: true)
  of tkFalse: result = JsonNode(kind: JBool, bval: false)
  of tkNull: result = JsonNode(kind: JNull)
  of tkCurlyLe:
    if depth > depthLimit: p.raiseParseErr("}")
    result = JsonNode(kind: JObject, fields: initOrderedTable[string, JsonNode](2))
    discard p.getTok
    while p.tok != tkCurlyRi:
      if p.tok != tkString: p.raiseParseErr("string literal as key")
      let key = move p.a
      discard p.getTok
      p.eat(tkColon)
      result.fields[key] = p.readValue(rawIntegers, rawFloats, depth + 1)
      if p.tok != tkComma: break
      discard p.getTok
    p.eat(tkCurlyRi)
    return
  of tkBracketLe:
    if depth > depthLimit: p.raiseParseErr("]")
    result = JsonNode(kind: JArray)
    discard p.getTok
    while p.tok != tkBracketRi:
      result.elems.add p.readValue(rawIntegers, rawFloats, depth + 1)
      if p.tok != tkComma: break
      discard p.getTok
    p.eat(tkBracketRi)
    return
  of tkError, tkCurlyRi, tkBracketRi, tkColon, tkComma, tkEof: p.raiseParseErr("{")
  discard p.getTok

proc parseJson*(s: Stream, filename: string = "", rawIntegers = false, rawFloats = false): JsonNode =
  ## Reads the JSON that the stream holds, and closes it. Raw numbers are kept as they are written.
  var p: JsonParser
  p.open(s, filename)
  try:
    discard p.getTok
    result = p.readValue(rawIntegers, rawFloats)
    p.eat(tkEof)
  finally: p.close

proc parseJson*(buffer: string, rawIntegers = false, rawFloats = false): JsonNode =
  ## Reads JSON. JsonParsingError when it is none.
  parseJson(newStringStream(buffer), "input", rawIntegers, rawFloats)

iterator parseJsonFragments*(s: Stream, filename: string = "", rawIntegers = false, rawFloats = false): JsonNode =
  ## Reads one value after the other from the stream, and closes it.
  var p: JsonParser
  p.open(s, filename)
  try:
    discard p.getTok
    while p.tok != tkEof: yield p.readValue(rawIntegers, rawFloats)
  finally: p.close

proc parseFile*(filename: string): JsonNode =
  ## Reads JSON from a file. IOError when there is none.
  let stream = newFileStream(filename, fmRead)
  if stream.isNil: raise newException(IOError, "cannot read from file: " & filename)
  parseJson(stream, filename)
