## XML from text to trees, on the events of `parsexml`.

import std/[parsexml, streams, strtabs, xmltree]

type XmlError* = object of ValueError
  ## The text is no XML.
  errors*: seq[string] ## All mistakes.

proc raiseIfAny(errors: seq[string]) =
  if errors.len > 0: raise (ref XmlError)(msg: errors[0], errors: errors)

proc node(x: var XmlParser, errors: var seq[string]): XmlNode

proc attributes(x: var XmlParser, errors: var seq[string]): XmlAttributes =
  # Between a tag's name and its end.
  result = newStringTable()
  while x.kind == xmlAttribute:
    result[x.attrKey] = x.attrValue
    x.next
  case x.kind
  of xmlElementClose: discard
  of xmlError: errors.add x.errorMsg
  else: errors.add x.errorMsg("'>' expected")
  x.next

proc children(x: var XmlParser, father: XmlNode, errors: var seq[string]) =
  # All up to the father's end. The end of another element is left to who waits for it.
  while x.kind notin {xmlElementEnd, xmlEof}:
    let son = x.node(errors)
    if son != nil: father.add son
  if x.kind == xmlElementEnd and x.elementName == father.tag: x.next
  else: errors.add x.errorMsg("</" & father.tag & "> expected")

proc node(x: var XmlParser, errors: var seq[string]): XmlNode =
  # What begins with the current event; nil for what leaves no trace in a tree.
  case x.kind
  of xmlElementStart, xmlElementOpen:
    let hasAttributes = x.kind == xmlElementOpen
    result = newElement(x.elementName)
    x.next
    if hasAttributes: result.attrs = x.attributes(errors)
    x.children(result, errors)
    return
  of xmlComment: result = newComment(x.charData)
  of xmlCharData, xmlWhitespace: result = newText(x.charData)
  of xmlCData: result = newCData(x.charData)
  of xmlEntity: result = newEntity(x.entityName)
  of xmlPI, xmlSpecial: discard
  of xmlError: errors.add x.errorMsg
  of xmlAttribute, xmlElementClose: errors.add x.errorMsg("<some_tag> expected")
  of xmlElementEnd:
    errors.add x.errorMsg("unexpected ending tag: " & x.elementName)
    return
  of xmlEof: return
  x.next

proc parseXml*(s: Stream, filename: string, errors: var seq[string],
    options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The first element of a stream, which is closed. Mistakes are added to `errors`.
  var x: XmlParser
  x.open(s, filename, options)
  while true:
    x.next
    case x.kind
    of xmlElementOpen, xmlElementStart:
      result = x.node(errors)
      break
    of xmlComment, xmlWhitespace, xmlSpecial, xmlPI: discard
    of xmlError: errors.add x.errorMsg
    else:
      errors.add x.errorMsg("<some_tag> expected")
      break
  x.close

proc parseXml*(s: Stream, options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The first element of a stream. Raises XmlError on mistakes.
  var errors: seq[string]
  result = parseXml(s, "unknown_xml_doc", errors, options)
  raiseIfAny(errors)

proc parseXml*(str: string, options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The first element of a text. Raises XmlError on mistakes.
  parseXml(newStringStream(str), options)

proc loadXml*(path: string, errors: var seq[string], options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The first element of a file. Mistakes are added to `errors`.
  let s = newFileStream(path, fmRead)
  if s.isNil: raise newException(IOError, "Unable to read file: " & path)
  parseXml(s, path, errors, options)

proc loadXml*(path: string, options: set[XmlParseOption] = {reportComments}): XmlNode =
  ## The first element of a file. Raises XmlError on mistakes.
  var errors: seq[string]
  result = loadXml(path, errors, options)
  raiseIfAny(errors)
