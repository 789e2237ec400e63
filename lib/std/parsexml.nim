## XML and HTML as events: each `next` reads one more.

import std/[lexbase, streams, strutils, unicode]

type
  XmlEventKind* = enum ## What was read.
    xmlError, xmlEof, xmlCharData, xmlWhitespace, xmlComment, xmlPI, xmlElementStart, xmlElementEnd, xmlElementOpen,
    xmlAttribute, xmlElementClose, xmlCData, xmlEntity, xmlSpecial
  XmlErrorKind* = enum ## What was wrong.
    errNone, errEndOfCDataExpected, errNameExpected, errSemicolonExpected, errQmGtExpected, errGtExpected, errEqExpected,
    errQuoteExpected, errEndOfCommentExpected, errAttributeValueExpected
  XmlParseOption* = enum ## What is told, and what is let pass.
    reportWhitespace, reportComments, allowUnquotedAttribs, allowEmptyAttribs
  ParserState = enum
    start, normal, attributes, emptyElement, failed
  XmlParser* = object of BaseLexer
    ## A text that is being read.
    a, b, c: string
    kind: XmlEventKind
    err: XmlErrorKind
    state: ParserState
    cIsEmpty: bool
    filename: string
    options: set[XmlParseOption]

const
  errorMessages: array[XmlErrorKind, string] = [
    "no error", "']]>' expected", "name expected", "';' expected", "'?>' expected", "'>' expected", "'=' expected",
    "'\"' or \"'\" expected", "'-->' expected", "attribute value expected"]
  white = {' ', '\t', '\c', '\l'}
  nameStart = {'a'..'z', 'A'..'Z', '_', ':', '\x80'..'\xFF'}
  nameChars = nameStart + {'0'..'9', '.', '-'}

proc open*(my: var XmlParser, input: Stream, filename: string, options: set[XmlParseOption] = {}) =
  ## Starts to read `input`; the name is for messages.
  lexbase.open(my, input)
  my.filename = filename
  my.state = start
  my.kind = xmlError
  my.a = ""
  my.b = ""
  my.options = options

proc close*(my: var XmlParser) =
  ## Closes the stream.
  lexbase.close(my)

proc kind*(my: XmlParser): XmlEventKind = my.kind
  ## What was read.
template charData*(my: XmlParser): string =
  ## The text of character data, white space, a comment, CDATA or something special.
  my.rawData
template elementName*(my: XmlParser): string =
  ## The name of the element that starts or ends.
  my.rawData
template entityName*(my: XmlParser): string =
  ## The name of an entity that is not known.
  my.rawData
template attrKey*(my: XmlParser): string =
  ## The attribute's name.
  my.rawData
template attrValue*(my: XmlParser): string =
  ## The attribute's value.
  my.rawData2
template piName*(my: XmlParser): string =
  ## The name of a processing instruction.
  my.rawData
template piRest*(my: XmlParser): string =
  ## The rest of a processing instruction.
  my.rawData2
proc rawData*(my: XmlParser): lent string = my.a
  ## The first text of the event, whatever it is.
proc rawData2*(my: XmlParser): lent string = my.b
  ## Its second text.

proc getColumn*(my: XmlParser): int = getColNumber(my, my.bufpos)
  ## Where the parser is.
proc getLine*(my: XmlParser): int = my.lineNumber
  ## Its line.
proc getFilename*(my: XmlParser): string = my.filename
  ## The name given to `open`.

proc errorMsg*(my: XmlParser, msg: string): string =
  ## `msg` with the place where the parser is.
  "$1($2, $3) Error: $4" % [my.filename, $my.getLine, $my.getColumn, msg]
proc errorMsg*(my: XmlParser): string =
  ## What an `xmlError` is about.
  assert my.kind == xmlError
  my.errorMsg(errorMessages[my.err])
proc errorMsgExpected*(my: XmlParser, tag: string): string =
  ## The message for a tag that is missing.
  my.errorMsg("<$1> expected" % tag)

proc here(my: XmlParser, offset = 0): char =
  let at = my.bufpos + offset
  if at < my.buf.len: my.buf[at] else: EndOfFile

proc ended(my: XmlParser): bool = my.bufpos >= my.buf.high

proc sees(my: XmlParser, word: string): bool = my.buf.continuesWith(word, my.bufpos)

proc mark(my: var XmlParser, kind: XmlErrorKind) =
  my.err = kind
  my.state = failed

proc step(my: var XmlParser, into: var string) =
  # One character; the ends of lines become `\l`.
  case my.here
  of '\c':
    my.bufpos = my.handleCR(my.bufpos)
    into.add '\l'
  of '\l':
    my.bufpos = my.handleLF(my.bufpos)
    into.add '\l'
  else:
    into.add my.here
    inc my.bufpos

proc skipWhite(my: var XmlParser) =
  var dropped = ""
  while my.here in white: my.step(dropped)

proc upTo(my: var XmlParser, ending: string, into: var string, error: XmlErrorKind) =
  while not my.sees(ending):
    if my.ended:
      my.mark(error)
      return
    my.step(into)
  inc my.bufpos, ending.len

proc name(my: var XmlParser, into: var string) =
  if my.here notin nameStart:
    my.mark(errNameExpected)
    return
  while my.here in nameChars:
    into.add my.here
    inc my.bufpos

proc entity(my: var XmlParser, into: var string) =
  # At `&`. One that is not known is an event of its own, or is kept as it is written.
  let first = my.bufpos
  inc my.bufpos
  my.kind = xmlCharData
  if my.here == '#':
    inc my.bufpos
    let digits = if my.here == 'x': HexDigits else: Digits
    let base = if my.here == 'x': 16 else: 10
    if base == 16: inc my.bufpos
    var number = 0
    while my.here in digits:
      number = min(number * base + parseHexInt($my.here), 0x110000)
      inc my.bufpos
    if number < 0x110000: into.add toUTF8(Rune(number))
  else:
    var word = ""
    my.name(word)
    case word
    of "lt": into.add '<'
    of "gt": into.add '>'
    of "amp": into.add '&'
    of "quot": into.add '"'
    of "apos": into.add '\''
    else:
      my.kind = xmlEntity
      into.add word
  if my.here == ';':
    inc my.bufpos
  else:
    my.err = errSemicolonExpected
    into = my.buf[first ..< my.bufpos]
    my.kind = xmlCharData

proc characters(my: var XmlParser) =
  my.kind = xmlCharData
  while not my.ended and my.here notin {'<', '&'}: my.step(my.a)

proc tag(my: var XmlParser) =
  # At `<`.
  inc my.bufpos
  if my.here == '/':
    inc my.bufpos
    my.name(my.a)
    my.skipWhite
    if my.here == '>': inc my.bufpos else: my.mark(errGtExpected)
    my.kind = xmlElementEnd
    return
  my.name(my.a)
  if my.state == failed: return
  my.skipWhite
  if my.here in nameStart:
    my.kind = xmlElementOpen
    my.state = attributes
    my.c = my.a
    return
  my.kind = xmlElementStart
  my.cIsEmpty = my.here == '/'
  if my.cIsEmpty:
    inc my.bufpos
    my.c = my.a
    my.state = emptyElement
  if my.here == '>': inc my.bufpos else: my.mark(errGtExpected)

proc special(my: var XmlParser) =
  # At `<!`: what stands between angle brackets, which may be nested.
  my.kind = xmlSpecial
  inc my.bufpos, 2
  var depth = 0
  while true:
    if my.ended:
      my.mark(errGtExpected)
      return
    case my.here
    of '<': inc depth
    of '>':
      if depth == 0: break
      dec depth
    else: discard
    my.step(my.a)
  inc my.bufpos

proc attribute(my: var XmlParser) =
  my.kind = xmlAttribute
  my.err = errNone
  my.name(my.a)
  if my.state == failed: return
  my.skipWhite
  if my.here != '=':
    if allowEmptyAttribs notin my.options: my.mark(errEqExpected)
    return
  inc my.bufpos
  my.skipWhite
  let quote = my.here
  if quote notin {'"', '\''}:
    if allowUnquotedAttribs in my.options:
      while my.here notin white + {'>', '/'} and not my.ended: my.step(my.b)
    else:
      my.mark(errQuoteExpected)
    my.skipWhite
    return
  inc my.bufpos
  while my.here != quote:
    if my.ended:
      my.mark(errQuoteExpected)
      return
    if my.here == '&':
      var text = ""
      my.entity(text)
      my.b.add(if my.kind == xmlEntity: "&" & text & ";" else: text)
    elif my.here in white:
      # Spaces in a value are one space.
      my.skipWhite
      if my.here != quote: my.b.add ' '
    else:
      my.step(my.b)
  inc my.bufpos
  my.kind = xmlAttribute
  my.skipWhite

proc content(my: var XmlParser) =
  if my.ended:
    my.kind = xmlEof
  elif my.here in white:
    # What text begins with is told apart from it.
    my.kind = xmlWhitespace
    while my.here in white: my.step(my.a)
  elif my.sees("<!--"):
    inc my.bufpos, 4
    my.kind = xmlComment
    my.upTo("-->", my.a, errEndOfCommentExpected)
  elif my.sees("<![CDATA["):
    inc my.bufpos, 9
    my.kind = xmlCData
    my.upTo("]]>", my.a, errEndOfCDataExpected)
  elif my.sees("<!"):
    my.special
  elif my.sees("<?"):
    inc my.bufpos, 2
    my.kind = xmlPI
    my.name(my.a)
    my.skipWhite
    my.upTo("?>", my.b, errQmGtExpected)
  elif my.here == '<':
    my.tag
  elif my.here == '&':
    my.entity(my.a)
  else:
    my.characters

proc unwanted(my: XmlParser, before: XmlEventKind): bool =
  case my.kind
  of xmlWhitespace: reportWhitespace notin my.options and before notin {xmlCharData, xmlComment, xmlEntity}
  of xmlComment: reportComments notin my.options
  else: false

proc inTag(my: var XmlParser) =
  # Between a tag's name and its end.
  if my.sees(">") or my.sees("/>"):
    my.a = my.c
    my.kind = xmlElementClose
    my.state = if my.here == '/': emptyElement else: normal
    inc my.bufpos, (if my.here == '/': 2 else: 1)
  elif my.here in nameStart:
    my.attribute
  else:
    my.mark(errGtExpected)
    my.kind = xmlError

proc next*(my: var XmlParser) =
  ## Reads the next event.
  let before = my.kind
  while true:
    my.a.setLen 0
    my.b.setLen 0
    case my.state
    of start:
      my.state = normal
      my.content
      # What the text says about itself is no part of it.
      if my.kind == xmlPI and my.a == "xml": continue
    of normal: my.content
    of emptyElement:
      my.a = my.c
      my.kind = xmlElementEnd
      my.state = normal
    of attributes: my.inTag
    of failed: discard
    if my.state == failed and my.kind != xmlAttribute or my.kind == xmlAttribute and my.a.len == 0:
      my.kind = xmlError
      my.state = normal
    if my.kind == xmlError or not my.unwanted(before): break
