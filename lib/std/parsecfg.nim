## Configuration files: sections, keys and options.

import std/[streams, strutils, tables]

const symChars = {'a'..'z', 'A'..'Z', '0'..'9', '_', ' ', '\x80'..'\xFF', '.', '/', '\\', '-'}

type
  CfgEventKind* = enum
    ## What stands next in the file.
    cfgEof, cfgSectionStart, cfgKeyValuePair, cfgOption, cfgError
  CfgEvent* = object of RootObj
    ## The same, with what it consists of.
    case kind*: CfgEventKind
    of cfgEof: nil
    of cfgSectionStart: section*: string
    of cfgKeyValuePair, cfgOption: key*, value*: string
    of cfgError: msg*: string
  TokKind = enum
    tkInvalid, tkEof, tkSymbol, tkEquals, tkColon, tkBracketLe, tkBracketRi, tkDashDash
  CfgParser* = object of RootObj
    ## Reads a file event by event.
    text, filename: string
    pos, line, lineStart: int
    kind: TokKind
    literal: string
    input: Stream
  Config* = OrderedTableRef[string, OrderedTableRef[string, string]]
    ## The values by section and key.

proc at(c: CfgParser, pos: int): char = (if pos < c.text.len: c.text[pos] else: '\0')

proc newLine(c: var CfgParser, pos: int): int =
  # Behind the end of a line, if there is one.
  result = pos
  if c.at(pos) == '\c': inc result
  if c.at(result) == '\l': inc result
  if result > pos:
    inc c.line
    c.lineStart = result

proc readEscape(c: var CfgParser, pos: int): int =
  # Reads what follows a backslash.
  result = pos + 1
  case c.at(pos)
  of 'n', 'N': c.literal.add('\n')
  of 'r', 'R', 'c', 'C': c.literal.add('\c')
  of 'l', 'L': c.literal.add('\l')
  of 'f', 'F': c.literal.add('\f')
  of 'e', 'E': c.literal.add('\e')
  of 'a', 'A': c.literal.add('\a')
  of 'b', 'B': c.literal.add('\b')
  of 'v', 'V': c.literal.add('\v')
  of 't', 'T': c.literal.add('\t')
  of '\'', '"', '\\': c.literal.add(c.at(pos))
  of 'x', 'X':
    var digits = ""
    while digits.len < 2 and c.at(result) in HexDigits:
      digits.add(c.at(result))
      inc result
    c.literal.add(chr(if digits.len > 0: parseHexInt(digits) else: 0))
  of '0'..'9':
    var value = 0
    result = pos
    while c.at(result) in Digits:
      value = min(1000, value * 10 + ord(c.at(result)) - ord('0'))
      inc result
    if value <= 255: c.literal.add(chr(value))
    else: c.kind = tkInvalid
  else:
    c.kind = tkInvalid
    result = pos

proc readString(c: var CfgParser, raw: bool) =
  c.kind = tkSymbol
  var pos = c.pos + 1
  if c.at(pos) == '"' and c.at(pos + 1) == '"':
    pos = c.newLine(pos + 2)
    while not (c.at(pos) == '"' and c.at(pos + 1) == '"' and c.at(pos + 2) == '"'):
      if c.at(pos) == '\0':
        c.kind = tkInvalid
        break
      if c.at(pos) in {'\c', '\l'}:
        pos = c.newLine(pos)
        c.literal.add('\n')
      else:
        c.literal.add(c.at(pos))
        inc pos
    c.pos = pos + 3
    return
  while true:
    let ch = c.at(pos)
    if ch == '"':
      inc pos
      break
    if ch in {'\c', '\l', '\0'}:
      c.kind = tkInvalid
      break
    if ch == '\\' and not raw: pos = c.readEscape(pos + 1)
    else:
      c.literal.add(ch)
      inc pos
  c.pos = pos

proc readSymbol(c: var CfgParser) =
  c.kind = tkSymbol
  while true:
    c.literal.add(c.at(c.pos))
    inc c.pos
    if c.at(c.pos) notin symChars: break
  c.literal = strip(c.literal, leading = false, chars = {' '})

proc readToken(c: var CfgParser) =
  c.literal.setLen(0)
  while true:
    case c.at(c.pos)
    of ' ', '\t': inc c.pos
    of '#', ';':
      while c.at(c.pos) notin {'\c', '\l', '\0'}: inc c.pos
    of '\c', '\l': c.pos = c.newLine(c.pos)
    else: break
  template single(which: TokKind) =
    c.kind = which
    c.literal.add(c.at(c.pos))
    inc c.pos
  case c.at(c.pos)
  of '=': single(tkEquals)
  of ':': single(tkColon)
  of '[': single(tkBracketLe)
  of ']': single(tkBracketRi)
  of '"': c.readString(false)
  of '\0':
    c.kind = tkEof
    c.literal = "[EOF]"
  of '-':
    if c.at(c.pos + 1) == '-':
      c.kind = tkDashDash
      c.literal = "--"
      inc c.pos, 2
    else: c.readSymbol()
  of 'r', 'R':
    if c.at(c.pos + 1) == '"':
      inc c.pos
      c.readString(true)
    else: c.readSymbol()
  else: c.readSymbol()

proc open*(c: var CfgParser, input: Stream, filename: string, lineOffset = 0) =
  ## Begins with a stream. The file's name is for errors.
  c = CfgParser(text: input.readAll(), filename: filename, line: 1 + lineOffset, input: input)
  c.readToken()

proc close*(c: var CfgParser) =
  ## Closes the stream.
  if not c.input.isNil: c.input.close()

proc getColumn*(c: CfgParser): int = c.pos - c.lineStart
  ## The column that the parser is at.
proc getLine*(c: CfgParser): int = c.line
  ## The line that the parser is at.
proc getFilename*(c: CfgParser): string = c.filename
  ## The name of the file.

proc noted(c: CfgParser, what, msg: string): string =
  c.filename & "(" & $c.getLine & ", " & $c.getColumn & ") " & what & ": " & msg
proc errorStr*(c: CfgParser, msg: string): string = c.noted("Error", msg)
  ## An error with its place.
proc warningStr*(c: CfgParser, msg: string): string = c.noted("Warning", msg)
  ## A warning with its place.

proc ignoreMsg*(c: CfgParser, e: CfgEvent): string =
  ## A warning that an event was ignored.
  case e.kind
  of cfgSectionStart: c.warningStr("section ignored: " & e.section)
  of cfgKeyValuePair: c.warningStr("key ignored: " & e.key)
  of cfgOption: c.warningStr("command ignored: " & e.key & ": " & e.value)
  of cfgError: e.msg
  of cfgEof: ""

proc expected(c: CfgParser, what: string): CfgEvent =
  CfgEvent(kind: cfgError, msg: c.errorStr(what & " expected, but found: " & c.literal))

proc readPair(c: var CfgParser, option: bool): CfgEvent =
  if c.kind != tkSymbol:
    result = c.expected("symbol")
    c.readToken()
    return
  let key = c.literal
  var value = ""
  c.readToken()
  if c.kind in {tkEquals, tkColon}:
    c.readToken()
    if c.kind != tkSymbol:
      result = c.expected("symbol")
      c.readToken()
      return
    value = c.literal
    c.readToken()
  if option: CfgEvent(kind: cfgOption, key: key, value: value)
  else: CfgEvent(kind: cfgKeyValuePair, key: key, value: value)

proc next*(c: var CfgParser): CfgEvent =
  ## Reads the next event.
  case c.kind
  of tkEof: result = CfgEvent(kind: cfgEof)
  of tkDashDash:
    c.readToken()
    result = c.readPair(option = true)
  of tkSymbol: result = c.readPair(option = false)
  of tkBracketLe:
    c.readToken()
    result = if c.kind == tkSymbol: CfgEvent(kind: cfgSectionStart, section: c.literal) else: c.expected("symbol")
    c.readToken()
    if c.kind == tkBracketRi: c.readToken()
    else: result = c.expected("']'")
  of tkInvalid, tkEquals, tkColon, tkBracketRi:
    result = CfgEvent(kind: cfgError, msg: c.errorStr("invalid token: " & c.literal))
    c.readToken()

# Whole files

proc newConfig*(): Config = newOrderedTable[string, OrderedTableRef[string, string]]()
  ## A configuration without values.

proc setSectionKey*(dict: var Config, section, key, value: string) =
  ## Sets a value.
  if not dict.hasKey(section): dict[section] = newOrderedTable[string, string]()
  dict[section][key] = value

proc loadConfig*(stream: Stream, filename: string = "[stream]"): Config =
  ## Reads a configuration up to the first error.
  result = newConfig()
  var section = ""
  var p: CfgParser
  open(p, stream, filename)
  while true:
    let e = next(p)
    case e.kind
    of cfgEof, cfgError: break
    of cfgSectionStart: section = e.section
    of cfgKeyValuePair: result.setSectionKey(section, e.key, e.value)
    of cfgOption: result.setSectionKey(section, "--" & e.key, e.value)
  close(p)

proc loadConfig*(filename: string): Config = loadConfig(newFileStream(open(filename, fmRead)), filename)
  ## Reads a configuration from a file.

proc escaped(s: string): string =
  var i = 0
  while i < s.len:
    case s[i]
    of '\\': result.add("\\\\")
    of '\c':
      if i + 1 < s.len and s[i + 1] == '\l':
        result.add("\\c\\l")
        inc i
      else: result.add("\\n")
    of '\l': result.add("\\n")
    else: result.add(s[i])
    inc i

proc `$`*(dict: Config): string =
  ## The configuration as text.
  for section, values in dict.pairs:
    if section.len > 0:
      result.add(if allCharsInSet(section, symChars): "[" & section & "]\n" else: "[\"" & section & "\"]\n")
    for key, value in values.pairs:
      let isOption = key.startsWith("--") and key.len > 2
      result.add(if isOption and not allCharsInSet(substr(key, 2), symChars): "--\"" & substr(key, 2) & "\"" else: key)
      if value.len > 0:
        result.add(if isOption: ':' else: '=')
        if allCharsInSet(value, symChars): result.add(value)
        else:
          let quote = if '"' in value: "\"\"\"" else: "\""
          result.add(quote & escaped(value) & quote)
      result.add('\n')

proc writeConfig*(dict: Config, stream: Stream) = stream.write($dict)
  ## Writes the configuration.
proc writeConfig*(dict: Config, filename: string) = writeFile(filename, $dict)
  ## Writes the configuration to a file.

proc getSectionValue*(dict: Config, section, key: string, defaultVal = ""): string =
  ## A value, or `defaultVal`.
  if dict.hasKey(section): dict[section].getOrDefault(key, defaultVal) else: defaultVal

proc delSection*(dict: var Config, section: string) = dict.del(section)
  ## Takes a section out.

proc delSectionKey*(dict: var Config, section, key: string) =
  ## Takes a value out, and its section with the last one.
  if dict.hasKey(section) and dict[section].hasKey(key):
    if dict[section].len == 1: dict.del(section)
    else: dict[section].del(key)

iterator sections*(dict: Config): lent string =
  ## The names of the sections.
  for section in dict.keys: yield section
