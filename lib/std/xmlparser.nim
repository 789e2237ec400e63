## XML from text to trees.

import std/[streams, strtabs, strutils, unicode, xmltree]
from std/parsexml import XmlParseOption
export XmlParseOption

type
  XmlError* = object of ValueError
    ## The text is no XML.
    errors*: seq[string] ## All mistakes.
  Reader = object
    text, name: string
    pos: int
    options: set[XmlParseOption]
    errors: seq[string]

const
  white = {' ', '\t', '\c', '\l'}
  nameChars = {'a'..'z', 'A'..'Z', '0'..'9', '_', ':', '-', '.', '\x80'..'\xFF'}

proc at(r: Reader, offset = 0): char = (if r.pos + offset < r.text.len: r.text[r.pos + offset] else: '\0')

proc sees(r: Reader, word: string): bool = r.text.continuesWith(word, r.pos)

proc fail(r: var Reader, message: string) =
  let before = r.text[0 ..< min(r.pos, r.text.len)]
  let column = r.pos - before.rfind('\l') - 1
  r.errors.add("$1($2, $3) Error: $4" % [r.name, $(before.count('\l') + 1), $column, message])

proc skipWhite(r: var Reader) =
  while r.at in white: inc(r.pos)

proc upTo(r: var Reader, ending: string): string =
  # The text before `ending`, which is passed over.
  let last = r.text.find(ending, r.pos)
  if last < 0:
    result = r.text[r.pos .. ^1]
    r.pos = r.text.len
    r.fail("'" & ending & "' expected")
  else:
    result = r.text[r.pos ..< last]
    r.pos = last + ending.len

proc readName(r: var Reader): string =
  while r.at in nameChars:
    result.add(r.at)
    inc(r.pos)
  if result.len == 0: r.fail("name expected")

proc readEntity(r: var Reader, name: var string): bool =
  # `&…;`: gives what it stands for, or says that it is to stay.
  inc(r.pos)
  name = ""
  while r.at notin white + {';', '<', '&', '\0'}:
    name.add(r.at)
    inc(r.pos)
  if r.at == ';': inc(r.pos) else: r.fail("';' expected")
  case name
  of "lt": name = "<"
  of "gt": name = ">"
  of "amp": name = "&"
  of "apos": name = "'"
  of "quot": name = "\""
  else:
    if not name.startsWith('#'): return false
    try:
      let code = if name.startsWith("#x"): parseHexInt(name[2 .. ^1]) else: parseInt(name[1 .. ^1])
      name = $Rune(code)
    except ValueError: r.fail("number expected")
  true

proc readAttributes(r: var Reader): XmlAttributes =
  while true:
    r.skipWhite()
    if r.at notin nameChars: return
    if result.isNil: result = newStringTable()
    let key = r.readName()
    r.skipWhite()
    var value = ""
    if r.at != '=':
      if allowEmptyAttribs notin r.options: r.fail("'=' expected")
    else:
      inc(r.pos)
      r.skipWhite()
      let quote = r.at
      if quote in {'"', '\''}:
        inc(r.pos)
        while r.at != quote and r.pos < r.text.len:
          if r.at == '&':
            var entity: string
            if r.readEntity(entity): value.add(entity) else: value.add('&' & entity & ';')
          elif r.at in white:
            r.skipWhite()
            value.add(' ')
          else:
            value.add(r.at)
            inc(r.pos)
        if r.at == quote: inc(r.pos) else: r.fail("'" & quote & "' expected")
      elif allowUnquotedAttribs in r.options:
        while r.at notin white + {'>', '/', '\0'}:
          value.add(r.at)
          inc(r.pos)
      else:
        r.fail("\" or ' expected")
        inc(r.pos)
    result[key] = value

proc readText(r: var Reader, father: XmlNode) =
  let first = r.pos
  r.skipWhite()
  if r.at in {'<', '\0'} or reportWhitespace in r.options:
    if reportWhitespace in r.options and r.pos > first: father.add(newText(r.text[first ..< r.pos]))
    if r.at in {'<', '\0'}: return
  var text = ""
  while r.at notin {'<', '\0'}:
    if r.at == '&':
      var entity: string
      if r.readEntity(entity):
        text.add(entity)
      else:
        if text.len > 0: father.add(newText(text))
        text = ""
        father.add(newEntity(entity))
    else:
      text.add(r.at)
      inc(r.pos)
  if text.len > 0: father.add(newText(text))

proc readNodes(r: var Reader, father: XmlNode, outermost = false)

proc readElement(r: var Reader): XmlNode =
  inc(r.pos)
  result = newElement(r.readName())
  result.attrs = r.readAttributes()
  if r.sees("/>"):
    inc(r.pos, 2)
    return
  if r.at == '>': inc(r.pos) else: r.fail("'>' expected")
  r.readNodes(result)
  if r.sees("</"):
    inc(r.pos, 2)
    let name = r.readName()
    if cmpIgnoreCase(name, result.tag) != 0: r.fail("</" & result.tag & "> expected")
    r.skipWhite()
    if r.at == '>': inc(r.pos) else: r.fail("'>' expected")
  else:
    r.fail("</" & result.tag & "> expected")

proc readNodes(r: var Reader, father: XmlNode, outermost = false) =
  while r.pos < r.text.len:
    if r.sees("</"):
      if not outermost: return
      r.fail("unexpected ending tag")
      discard r.upTo(">")
    elif r.sees("<!--"):
      inc(r.pos, 4)
      let comment = r.upTo("-->")
      if reportComments in r.options: father.add(newComment(comment))
    elif r.sees("<![CDATA["):
      inc(r.pos, 9)
      father.add(newCData(r.upTo("]]>")))
    elif r.sees("<?"):
      inc(r.pos, 2)
      discard r.upTo("?>")
    elif r.sees("<!"):
      var depth = 0
      while r.pos < r.text.len:
        if r.at == '<': inc(depth)
        if r.at == '>': dec(depth)
        inc(r.pos)
        if depth == 0: break
    elif r.at == '<':
      father.add(r.readElement())
    else:
      let before = r.pos
      r.readText(father)
      if r.pos == before: inc(r.pos)

proc parse(r: var Reader): XmlNode =
  # The first element; what stands around it does not count.
  let all = newElement("document")
  r.readNodes(all, outermost = true)
  for node in all:
    if node.kind == xnElement: return node
  result = newElement("document")

proc parseXml*(s: Stream, filename: string, errors: var seq[string],
    options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The tree of a stream's content. Mistakes are added to `errors`.
  var r = Reader(text: s.readAll(), name: filename, options: options)
  result = r.parse()
  errors.add(r.errors)

proc parseXml*(s: Stream, options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The tree of a stream's content. Raises XmlError on mistakes.
  var errors: seq[string]
  result = parseXml(s, "unknown_xml_doc", errors, options)
  if errors.len > 0: raise (ref XmlError)(msg: errors[0], errors: errors)

proc parseXml*(str: string, options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The tree of a text. Raises XmlError on mistakes.
  parseXml(newStringStream(str), options)

proc loadXml*(path: string, errors: var seq[string], options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The tree of a file. Mistakes are added to `errors`.
  let s = newFileStream(path, fmRead)
  if s.isNil: raise newException(IOError, "Unable to read file: " & path)
  result = parseXml(s, path, errors, options)
  s.close()

proc loadXml*(path: string, options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The tree of a file. Raises XmlError on mistakes.
  var errors: seq[string]
  result = loadXml(path, errors, options)
  if errors.len > 0: raise (ref XmlError)(msg: errors[0], errors: errors)
