## HTML from text to trees, as forgiving as browsers are.

import std/[parsexml, streams, strtabs, tables, unicode, xmltree]
import std/strutils except escape
import std/private/htmlentities

type HtmlTag* = enum
  ## The elements that have a meaning, in the order of their names.
  tagUnknown, tagA, tagAbbr, tagAcronym, tagAddress, tagApplet, tagArea, tagArticle, tagAside, tagAudio, tagB,
  tagBase, tagBdi, tagBdo, tagBasefont, tagBig, tagBlockquote, tagBody, tagBr, tagButton, tagCanvas, tagCaption,
  tagCenter, tagCite, tagCode, tagCol, tagColgroup, tagCommand, tagDatalist, tagDd, tagDel, tagDetails, tagDfn,
  tagDialog, tagDiv, tagDir, tagDl, tagDt, tagEm, tagEmbed, tagFieldset, tagFigcaption, tagFigure, tagFont, tagFooter,
  tagForm, tagFrame, tagFrameset, tagH1, tagH2, tagH3, tagH4, tagH5, tagH6, tagHead, tagHeader, tagHgroup, tagHtml,
  tagHr, tagI, tagIframe, tagImg, tagInput, tagIns, tagIsindex, tagKbd, tagKeygen, tagLabel, tagLegend, tagLi,
  tagLink, tagMap, tagMark, tagMenu, tagMeta, tagMeter, tagNav, tagNobr, tagNoframes, tagNoscript, tagObject, tagOl,
  tagOptgroup, tagOption, tagOutput, tagP, tagParam, tagPre, tagProgress, tagQ, tagRp, tagRt, tagRuby, tagS, tagSamp,
  tagScript, tagSection, tagSelect, tagSmall, tagSource, tagSpan, tagStrike, tagStrong, tagStyle, tagSub, tagSummary,
  tagSup, tagTable, tagTbody, tagTd, tagTextarea, tagTfoot, tagTh, tagThead, tagTime, tagTitle, tagTr, tagTrack,
  tagTt, tagU, tagUl, tagVar, tagVideo, tagWbr

const
  tagToStr* = [
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bdi",
    "bdo", "big", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code", "col",
    "colgroup", "command", "datalist", "dd", "del", "details", "dfn", "dialog", "div", "dir", "dl", "dt", "em",
    "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "header", "hgroup", "html", "hr", "i", "iframe", "img", "input", "ins", "isindex",
    "kbd", "keygen", "label", "legend", "li", "link", "map", "mark", "menu", "meta", "meter", "nav", "nobr",
    "noframes", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param", "pre", "progress", "q",
    "rp", "rt", "ruby", "s", "samp", "script", "section", "select", "small", "source", "span", "strike", "strong",
    "style", "sub", "summary", "sup", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "time", "title",
    "tr", "track", "tt", "u", "ul", "var", "video", "wbr"]
    ## The names of all but `tagUnknown`.
  InlineTags* = {
    tagA, tagAbbr, tagAcronym, tagApplet, tagB, tagBasefont, tagBdo, tagBig, tagBr, tagButton, tagCite, tagCode,
    tagDel, tagDfn, tagEm, tagFont, tagI, tagImg, tagIns, tagInput, tagIframe, tagKbd, tagLabel, tagMap, tagObject,
    tagQ, tagSamp, tagScript, tagSelect, tagSmall, tagSpan, tagStrong, tagSub, tagSup, tagTextarea, tagTt, tagVar,
    tagU, tagS, tagStrike, tagWbr}
    ## Elements that stand within a line.
  BlockTags* = {
    tagAddress, tagBlockquote, tagCenter, tagDel, tagDir, tagDiv, tagDl, tagFieldset, tagForm, tagH1, tagH2, tagH3,
    tagH4, tagH5, tagH6, tagHr, tagIns, tagIsindex, tagMenu, tagNoframes, tagNoscript, tagOl, tagP, tagPre, tagTable,
    tagUl}
    ## Elements that stand by themselves.
  SingleTags* = {
    tagArea, tagBase, tagBasefont, tagBr, tagCol, tagFrame, tagHr, tagImg, tagIsindex, tagLink, tagMeta, tagParam,
    tagWbr, tagSource}
    ## Elements that have no end.

const byName = block:
  var known: Table[string, HtmlTag]
  for tag in tagA .. HtmlTag.high: known[toLowerAscii(substr($tag, 3))] = tag
  known

proc toHtmlTag(name: string): HtmlTag = byName.getOrDefault(name)

proc htmlTag*(s: string): HtmlTag = toHtmlTag(toLowerAscii(s))
  ## Which element a name means, in any case.

proc htmlTag*(n: XmlNode): HtmlTag =
  ## Which element a node is. Its `clientData` keeps the answer.
  if n.clientData == 0: n.clientData = ord(toHtmlTag(n.tag))
  HtmlTag(n.clientData)

proc runeToEntity*(rune: Rune): string =
  ## A character as the entity of its number, without `&` and `;`.
  if ord(rune) <= 0: "" else: "#" & $ord(rune)

proc entityToRune*(entity: string): Rune =
  ## The character of an entity such as `uuml`, `#252` or `#xFC`; `Rune(0)` when there is none.
  if entity.len < 2: return Rune(0)
  if entity[0] != '#': return Rune(entityCode(entity))
  var code = 0
  try:
    case entity[1]
    of Digits: code = parseInt(entity.substr(1))
    of 'x', 'X': code = parseHexInt(entity.substr(2))
    else: discard
  except ValueError: discard
  Rune(if code in 0 .. 0x10FFFF: code else: 0)

proc entityToUtf8*(entity: string): string =
  ## The same as text; nothing when there is none.
  let rune = entityToRune(entity)
  if ord(rune) <= 0: "" else: toUTF8(rune)

proc endedBy(tag, next: HtmlTag): bool =
  # Does the beginning of `next` end the element?
  case tag
  of tagP, tagInput, tagOption: next in {tagLi, tagP, tagDt, tagDd, tagInput, tagOption}
  of tagDd, tagDt, tagLi: next in {tagLi, tagDt, tagDd, tagInput, tagOption}
  of tagTd, tagTh: next in {tagTr, tagTd, tagTh, tagTfoot, tagThead}
  of tagTr: next == tagTr
  of tagOptgroup: next in {tagOption, tagOptgroup}
  else: false

proc node(x: var XmlParser, errors: var seq[string]): XmlNode

proc children(x: var XmlParser, father: XmlNode, errors: var seq[string]) =
  template isEnd(): bool = x.kind == xmlElementEnd and cmpIgnoreCase(x.rawData, father.tag) == 0
  template missing() = errors.add x.errorMsg("</" & father.tag & "> expected")
  # `<br>` needs no `</br>`.
  if father.htmlTag in SingleTags and not isEnd: return
  while true:
    case x.kind
    of xmlElementStart, xmlElementOpen:
      if endedBy(father.htmlTag, htmlTag(x.rawData)):
        missing()
        return
    of xmlElementEnd:
      if not isEnd:
        missing()
        # Ends that nobody waits for are passed over, as browsers do.
        while x.kind in {xmlElementEnd, xmlWhitespace} and not isEnd: x.next
      x.next
      return
    of xmlEof:
      missing()
      return
    else: discard
    let son = x.node(errors)
    if son != nil: father.add son

proc attributes(x: var XmlParser, errors: var seq[string]): XmlAttributes =
  result = newStringTable()
  while x.kind == xmlAttribute:
    result[x.rawData] = x.rawData2
    x.next
  case x.kind
  of xmlElementClose: discard
  of xmlError: errors.add x.errorMsg
  else: errors.add x.errorMsg("'>' expected")
  x.next

proc node(x: var XmlParser, errors: var seq[string]): XmlNode =
  # What begins with the current event; nil for what leaves no trace in a tree.
  case x.kind
  of xmlElementStart, xmlElementOpen:
    let hasAttributes = x.kind == xmlElementOpen
    result = newElement(toLowerAscii(x.rawData))
    x.next
    if hasAttributes: result.attrs = x.attributes(errors)
    x.children(result, errors)
    return
  of xmlComment: result = newComment(x.rawData)
  of xmlCharData, xmlWhitespace: result = newText(x.rawData)
  of xmlCData: result = newCData(x.rawData)
  of xmlEntity:
    let text = entityToUtf8(x.rawData)
    if text.len > 0: result = newText(text)
  of xmlPI, xmlSpecial: discard
  of xmlError: errors.add x.errorMsg
  of xmlAttribute, xmlElementClose: errors.add x.errorMsg("<some_tag> expected")
  of xmlElementEnd:
    errors.add x.errorMsg("unexpected ending tag: " & x.rawData)
    return
  of xmlEof: return
  x.next

proc parseHtml*(s: Stream, filename: string, errors: var seq[string]): XmlNode =
  ## The only element of a stream, or an element `document` around all that is there. Mistakes are added to `errors`.
  var x: XmlParser
  x.open(s, filename, {reportComments, reportWhitespace, allowUnquotedAttribs, allowEmptyAttribs})
  x.next
  if x.kind == xmlSpecial: x.next
  result = newElement("document")
  var before = -1
  while true:
    let son = x.node(errors)
    if son != nil: result.add son
    # What nobody knows what to do with must not stop it.
    if x.bufpos == before: x.next
    before = x.bufpos
    if x.kind == xmlEof: break
  x.close
  if result.len == 1: result = result[0]

proc parseHtml*(s: Stream): XmlNode =
  ## The same; mistakes are passed over.
  var errors: seq[string]
  parseHtml(s, "unknown_html_doc", errors)

proc parseHtml*(html: string): XmlNode = parseHtml(newStringStream(html))
  ## The tree of a text.

proc loadHtml*(path: string, errors: var seq[string]): XmlNode =
  ## The tree of a file. Mistakes are added to `errors`.
  let s = newFileStream(path, fmRead)
  if s.isNil: raise newException(IOError, "Unable to read file: " & path)
  parseHtml(s, path, errors)

proc loadHtml*(path: string): XmlNode =
  ## The tree of a file; mistakes are passed over.
  var errors: seq[string]
  loadHtml(path, errors)
