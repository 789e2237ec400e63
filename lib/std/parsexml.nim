## XML and HTML as events: each `next` reads one more.

import std/[lexbase, strbasics, streams, unicode]
import std/strutils except NewLines

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
    stateStart, stateNormal, stateAttributes, stateEmptyElement, stateError
  XmlParser* = object of BaseLexer
    ## A text that is being read.
    a, b, c: string
    kind: XmlEventKind
    err: XmlErrorKind
    state: ParserState
    isEmpty: bool # the element has neither attributes nor content
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
  my.state = stateStart
  my.kind = xmlError
  my.a = ""
  my.b = ""
  my.options = options

proc close*(my: var XmlParser) =
  ## Closes the stream.
  lexbase.close(my)

proc kind*(my: XmlParser): XmlEventKind = my.kind
  ## What was read.
proc charData*(my: XmlParser): lent string =
  ## The text of character data, white space, a comment, CDATA or something special.
  assert my.kind in {xmlCharData, xmlWhitespace, xmlComment, xmlCData, xmlSpecial}
  my.a
proc elementName*(my: XmlParser): lent string =
  ## The name of the element that starts or ends.
  assert my.kind in {xmlElementStart, xmlElementEnd, xmlElementOpen}
  my.a
proc entityName*(my: XmlParser): lent string =
  ## The name of an entity that is not known.
  assert my.kind == xmlEntity
  my.a
proc attrKey*(my: XmlParser): lent string =
  ## The attribute's name.
  assert my.kind == xmlAttribute
  my.a
proc attrValue*(my: XmlParser): lent string =
  ## The attribute's value.
  assert my.kind == xmlAttribute
  my.b
proc piName*(my: XmlParser): lent string =
  ## The name of a processing instruction.
  assert my.kind == xmlPI
  my.a
proc piRest*(my: XmlParser): lent string =
  ## The rest of a processing instruction.
  assert my.kind == xmlPI
  my.b
proc rawData*(my: var XmlParser): lent string = my.a
  ## The first text of the event, whatever it is.
proc rawData2*(my: var XmlParser): lent string = my.b
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

proc mark(my: var XmlParser, kind: XmlErrorKind) =
  # The next event is this error.
  my.err = kind
  my.state = stateError

template here(my: XmlParser): char = my.buf[my.bufpos]

proc sees(my: XmlParser, word: string): bool = my.buf.continuesWith(word, my.bufpos)

proc lineBreak(my: var XmlParser) =
  # All line breaks become `\l`, as the specification says.
  my.bufpos = if my.here == '\c': my.handleCR(my.bufpos) else: my.handleLF(my.bufpos)

proc skipWhite(my: var XmlParser) =
  while my.here in white:
    if my.here in NewLines: my.lineBreak else: inc my.bufpos

template text(my: var XmlParser, into: var string, stops: set[char], atStop: untyped) =
  # Takes text until `atStop`, which runs at each of the characters, breaks out.
  while true:
    let first = my.bufpos
    while my.here notin stops + NewLines + {EndOfFile}: inc my.bufpos
    if my.bufpos > first: into.add my.buf.toOpenArray(first, my.bufpos - 1)
    if my.here in NewLines:
      my.lineBreak
      into.add '\l'
    else:
      atStop

proc upTo(my: var XmlParser, ending: static string, into: var string, error: XmlErrorKind) =
  my.text(into, {ending[0]}):
    if my.here == EndOfFile:
      my.mark(error)
      break
    if my.sees(ending):
      inc my.bufpos, ending.len
      break
    into.add my.here
    inc my.bufpos

proc name(my: var XmlParser, into: var string) =
  if my.here notin nameStart:
    my.mark(errNameExpected)
    return
  let first = my.bufpos
  while my.here in nameChars: inc my.bufpos
  into.add my.buf.toOpenArray(first, my.bufpos - 1)

proc number(my: var XmlParser): int =
  # Behind `&#`.
  if my.here == 'x':
    inc my.bufpos
    while my.here in HexDigits:
      result = (result shl 4) or (if my.here in Digits: ord(my.here) - ord('0') else: (ord(my.here) and 15) + 9)
      inc my.bufpos
  else:
    while my.here in Digits:
      result = result * 10 + (ord(my.here) - ord('0'))
      inc my.bufpos

proc known(my: XmlParser): (string, char) =
  # The entity at the position that everybody knows.
  const all = {"lt;": '<', "gt;": '>', "amp;": '&', "apos;": '\'', "quot;": '"'}
  for entity in all:
    if my.sees(entity[0]): return entity

proc entity(my: var XmlParser, into: var string) =
  # At `&`. One that nobody knows is an event of its own; what is none stays as it is written.
  inc my.bufpos
  my.kind = xmlCharData
  let (word, character) = my.known
  if word.len > 0:
    into.add character
    inc my.bufpos, word.len
    return
  if my.here == '#':
    inc my.bufpos
    into.add toUTF8(Rune(my.number))
  else:
    var found = ""
    my.name(found)
    if my.err != errNameExpected and my.here == ';': my.kind = xmlEntity
    else: into.add '&'
    into.add found
  if my.here == ';': inc my.bufpos
  else: my.err = errSemicolonExpected # goes on all the same

proc special(my: var XmlParser) =
  # `<!` up to its `>`, with what is nested in it. As in Nim, slashes are no part of its text.
  my.kind = xmlSpecial
  inc my.bufpos, 2
  var depth = 0
  my.text(my.a, {'<', '>', '/'}):
    let c = my.here
    case c
    of '<': inc depth
    of '>': dec depth
    of EndOfFile:
      my.mark(errGtExpected)
      break
    else: discard
    inc my.bufpos
    if depth < 0: break
    if c == '/': my.b.add c else: my.a.add c

proc startTag(my: var XmlParser) =
  inc my.bufpos
  my.name(my.a)
  if my.a.len == 0:
    # The `<` begins nothing.
    my.kind = xmlCharData
    my.a.add '<'
    return
  my.skipWhite
  if my.here in nameStart:
    my.kind = xmlElementOpen
    my.state = stateAttributes
    my.c = my.a
    my.isEmpty = false
    return
  my.kind = xmlElementStart
  let slash = my.here == '/'
  if slash: inc my.bufpos
  if my.here != '>':
    my.mark(errGtExpected)
    return
  inc my.bufpos
  if slash:
    my.state = stateEmptyElement
    my.c = ""
    my.isEmpty = true

proc endTag(my: var XmlParser) =
  inc my.bufpos, 2
  my.name(my.a)
  my.skipWhite
  if my.here == '>': inc my.bufpos else: my.mark(errGtExpected)
  my.kind = xmlElementEnd

proc quoted(my: var XmlParser) =
  # White space in a value is one space, and none at its end.
  let quote = my.here
  var space = false
  inc my.bufpos
  while true:
    let c = my.here
    if c in white:
      my.skipWhite
      space = true
      continue
    if c == EndOfFile:
      my.mark(errQuoteExpected)
      return
    if space and c != quote and c != '/':
      my.b.add ' '
      space = false
    if c == '&':
      my.entity(my.b)
      continue
    inc my.bufpos
    if c == quote: return
    my.b.add c

proc unquoted(my: var XmlParser) =
  const ends = {'"', '\'', '`', '=', '<', '>', '\f', EndOfFile} + white - {'\c'}
  let first = my.bufpos
  while my.here notin ends:
    if my.here == '&':
      my.entity(my.b)
    else:
      my.b.add my.here
      inc my.bufpos
  if my.bufpos == first: my.mark(errAttributeValueExpected)

proc attribute(my: var XmlParser) =
  my.a.setLen 0
  my.b.setLen 0
  my.name(my.a)
  if my.a.len == 0:
    my.kind = xmlAttribute
    my.mark(errGtExpected)
    return
  let nameEnd = my.bufpos
  my.skipWhite
  if my.here == '=':
    inc my.bufpos
    my.skipWhite
    if my.here in {'"', '\''}: my.quoted
    elif allowUnquotedAttribs in my.options: my.unquoted
    else:
      my.mark(errQuoteExpected)
      while my.here != '>' and my.here > ' ':
        my.b.add my.here
        inc my.bufpos
    my.skipWhite
  elif allowEmptyAttribs notin my.options or my.here != '>' and my.bufpos == nameEnd:
    my.mark(errEqExpected)
  my.kind = xmlAttribute

proc content(my: var XmlParser) =
  # What stands between tags, and the tags.
  my.a.setLen 0
  case my.here
  of '<':
    case my.buf[my.bufpos + 1]
    of '/': my.endTag
    of '!':
      if my.sees("<![CDATA["):
        inc my.bufpos, 9
        my.kind = xmlCData
        my.upTo("]]>", my.a, errEndOfCDataExpected)
      elif my.sees("<!--"):
        inc my.bufpos, 4
        my.kind = xmlComment
        my.upTo("-->", my.a, errEndOfCommentExpected)
      else: my.special
    of '?':
      inc my.bufpos, 2
      my.name(my.a)
      my.b.setLen 0
      my.kind = xmlPI
      my.upTo("?>", my.b, errQmGtExpected)
    else: my.startTag
  of white:
    my.kind = xmlWhitespace
    while my.here in white:
      if my.here in NewLines:
        my.lineBreak
        my.a.add '\l'
      else:
        my.a.add my.here
        inc my.bufpos
  of EndOfFile: my.kind = xmlEof
  of '&': my.entity(my.a)
  else:
    my.kind = xmlCharData
    my.text(my.a, {'<', '&'}): break

proc wanted(my: XmlParser, before: XmlEventKind): bool =
  case my.kind
  of xmlWhitespace: reportWhitespace in my.options or before in {xmlCharData, xmlComment, xmlEntity}
  of xmlComment: reportComments in my.options
  else: true

proc getTok(my: var XmlParser) =
  while true:
    let before = my.kind
    my.content
    if my.wanted(before): break

proc inTag(my: var XmlParser) =
  # Between a tag's name and its end.
  case my.here
  of '>':
    my.kind = xmlElementClose
    inc my.bufpos
    my.state = stateNormal
  of '/':
    inc my.bufpos
    if my.here == '>':
      my.kind = xmlElementClose
      inc my.bufpos
      my.state = stateEmptyElement
    else:
      my.mark(errGtExpected)
  else: my.attribute

proc next*(my: var XmlParser) =
  ## Reads the next event.
  case my.state
  of stateNormal: my.getTok
  of stateStart:
    my.state = stateNormal
    my.getTok
    # What the text says about itself is no part of it.
    if my.kind == xmlPI and my.a == "xml": my.getTok
  of stateAttributes: my.inTag
  of stateEmptyElement:
    my.state = stateNormal
    my.kind = xmlElementEnd
    if not my.isEmpty: my.a = my.c
  of stateError:
    my.kind = xmlError
    my.state = stateNormal
