## XML as trees.

import std/[macros, strtabs, strutils]

type
  XmlNodeKind* = enum ## What a node is.
    xnText, xnVerbatimText, xnElement, xnCData, xnEntity, xnComment
  XmlAttributes* = StringTableRef ## Values by name.
  XmlNode* = ref XmlNodeObj ## A node of a tree.
  XmlNodeObj = object
    data: int
    case k: XmlNodeKind
    of xnText, xnVerbatimText, xnComment, xnCData, xnEntity: fText: string
    of xnElement:
      fTag: string
      s: seq[XmlNode]
      fAttr: XmlAttributes

const xmlHeader* = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n" ## What a file begins with.

proc newElement*(tag: sink string): XmlNode = XmlNode(k: xnElement, fTag: tag)
  ## An element without attributes and children.
proc newText*(text: sink string): XmlNode = XmlNode(k: xnText, fText: text)
  ## A text, which is escaped when it is shown.
proc newVerbatimText*(text: sink string): XmlNode = XmlNode(k: xnVerbatimText, fText: text)
  ## A text that is shown as it is.
proc newComment*(comment: sink string): XmlNode = XmlNode(k: xnComment, fText: comment)
  ## A comment.
proc newCData*(cdata: sink string): XmlNode = XmlNode(k: xnCData, fText: cdata)
  ## A text in `<![CDATA[…]]>`.
proc newEntity*(entity: string): XmlNode = XmlNode(k: xnEntity, fText: entity)
  ## `&entity;`

proc newXmlTree*(tag: sink string, children: openArray[XmlNode], attributes: XmlAttributes = nil): XmlNode =
  ## An element with children and attributes.
  XmlNode(k: xnElement, fTag: tag, s: @children, fAttr: attributes)

proc text*(n: XmlNode): lent string =
  ## The text of a node that is no element.
  assert n.k in {xnText, xnVerbatimText, xnComment, xnCData, xnEntity}
  result = n.fText

proc `text=`*(n: XmlNode, text: sink string) =
  ## Sets it.
  assert n.k in {xnText, xnVerbatimText, xnComment, xnCData, xnEntity}
  n.fText = text

proc tag*(n: XmlNode): lent string =
  ## The name of an element.
  assert n.k == xnElement
  result = n.fTag

proc `tag=`*(n: XmlNode, tag: sink string) =
  ## Sets it.
  assert n.k == xnElement
  n.fTag = tag

proc rawText*(n: XmlNode): string = move(n.fText)
  ## Takes the text out.
proc rawTag*(n: XmlNode): string = move(n.fTag)
  ## Takes the name out.

proc innerText*(n: XmlNode): string =
  ## All texts in a node, and the names of entities. CDATA is none of them.
  case n.k
  of xnElement:
    for child in n.s: result.add(innerText(child))
  of xnText, xnEntity: result = n.fText
  of xnVerbatimText, xnCData, xnComment: discard

proc add*(father, son: XmlNode) = father.s.add(son)
  ## Adds a child.
proc insert*(father, son: XmlNode, index: int) =
  ## Adds a child before another.
  assert father.k == xnElement and son.k == xnElement
  if father.s.len > index: father.s.insert(son, index) else: father.s.add(son)
proc delete*(n: XmlNode, i: Natural) = n.s.delete(i)
  ## Takes a child away.
proc len*(n: XmlNode): int = (if n.k == xnElement: n.s.len else: 0)
  ## Number of children.
proc kind*(n: XmlNode): XmlNodeKind = n.k
  ## What it is.
proc `[]`*(n: XmlNode, i: int): XmlNode = n.s[i]
  ## A child.
proc `[]`*(n: var XmlNode, i: int): var XmlNode = n.s[i]
  ## A child.

proc clear*(n: var XmlNode) =
  ## Takes all children away.
  if n.k != xnElement: return
  for child in mitems(n.s): clear(child)
  n.s.setLen(0)

iterator items*(n: XmlNode): XmlNode =
  ## The children.
  assert n.k == xnElement
  for i in 0 ..< n.s.len: yield n.s[i]

iterator mitems*(n: var XmlNode): var XmlNode =
  ## The children, to be changed.
  assert n.k == xnElement
  for i in 0 ..< n.s.len: yield n.s[i]

proc toXmlAttributes*(keyValuePairs: varargs[tuple[key, val: string]]): XmlAttributes = newStringTable(keyValuePairs)
  ## A table of them.

proc attrs*(n: XmlNode): XmlAttributes =
  ## The attributes, or nil.
  assert n.k == xnElement
  n.fAttr

proc `attrs=`*(n: XmlNode, attr: XmlAttributes) =
  ## Sets them.
  assert n.k == xnElement
  n.fAttr = attr

proc attrsLen*(n: XmlNode): int =
  ## Number of attributes.
  if n.attrs.isNil: 0 else: n.fAttr.len

proc attr*(n: XmlNode, name: string): string =
  ## An attribute, or nothing.
  if n.attrs.isNil: "" else: n.fAttr.getOrDefault(name)

proc clientData*(n: XmlNode): int = n.data
  ## A number that the program may use.
proc `clientData=`*(n: XmlNode, data: int) = n.data = data
  ## Sets it.

proc addEscaped*(result: var string, s: string) =
  ## Adds `s` with entities for what has a meaning in XML.
  for c in s:
    case c
    of '<': result.add("&lt;")
    of '>': result.add("&gt;")
    of '&': result.add("&amp;")
    of '"': result.add("&quot;")
    of '\'': result.add("&apos;")
    else: result.add(c)

proc escape*(s: string): string = result.addEscaped(s)
  ## `s` with entities for what has a meaning in XML.

proc hasText(n: XmlNode): bool =
  # White space would add to the text.
  for child in n:
    if child.k in {xnText, xnEntity}: return true

proc addLine(result: var string, indent: int, addNewLines: bool) =
  if addNewLines: result.add('\n')
  result.add(spaces(indent))

proc add*(result: var string, n: XmlNode, indent = 0, indWidth = 2, addNewLines = true) =
  ## Adds a tree as text.
  if n.isNil: return
  case n.k
  of xnElement:
    if indent > 0: result.addLine(indent, addNewLines)
    let tight = n.hasText
    let lines = addNewLines and not tight
    result.add('<' & n.fTag)
    if not n.fAttr.isNil:
      for key, value in n.fAttr.pairs:
        result.add(' ' & key & "=\"")
        result.add(value.multiReplace(("<", "&lt;"), (">", "&gt;"), ("&", "&amp;"), ("\"", "&quot;")))
        result.add('"')
    if n.s.len == 0:
      result.add(" />")
      return
    result.add('>')
    for child in n.s: result.add(child, (if tight: indent else: indent + indWidth), indWidth, lines)
    if not tight: result.addLine(indent, lines)
    result.add("</" & n.fTag & ">")
  of xnText: result.addEscaped(n.fText)
  of xnVerbatimText: result.add(n.fText)
  of xnComment:
    result.add("<!-- ")
    result.addEscaped(n.fText)
    result.add(" -->")
  of xnCData: result.add("<![CDATA[" & n.fText & "]]>")
  of xnEntity: result.add('&' & n.fText & ';')

proc `$`*(n: XmlNode): string = result.add(n)
  ## A tree as text.

proc child*(n: XmlNode, name: string): XmlNode =
  ## The first child of that name, or nil.
  for node in n:
    if node.k == xnElement and node.fTag == name: return node

proc findAll*(n: XmlNode, tag: string, result: var seq[XmlNode], caseInsensitive = false) =
  ## Adds all elements of that name below a node.
  for node in n:
    if node.k != xnElement: continue
    let found = if caseInsensitive: cmpIgnoreCase(node.fTag, tag) == 0 else: node.fTag == tag
    if found: result.add(node)
    node.findAll(tag, result, caseInsensitive)

proc findAll*(n: XmlNode, tag: string, caseInsensitive = false): seq[XmlNode] =
  ## All elements of that name below a node.
  n.findAll(tag, result, caseInsensitive)

proc elementOf(e: NimNode): NimNode =
  # A call of `newXmlTree`, or what makes a node otherwise.
  if e.kind == nnkNilLit: return newCall(bindSym"newXmlTree", newLit(""), newNimNode(nnkBracket))
  if e.kind notin nnkCallKinds:
    return newCall(bindSym"newXmlTree", toStrLit(e), newNimNode(nnkBracket))
  let children = newNimNode(nnkBracket)
  let attributes = newNimNode(nnkTableConstr)
  for i in 1 ..< e.len:
    case e[i].kind
    of nnkExprEqExpr: attributes.add newColonExpr(toStrLit(e[i][0]), e[i][1])
    else: children.add e[i]
  result = newCall(bindSym"newXmlTree", toStrLit(e[0]), children)
  if attributes.len > 0: result.add newCall(bindSym"toXmlAttributes", attributes)

macro `<>`*(x: untyped): untyped =
  ## An element: `<>a(href = "index.html", newText("home"))`.
  elementOf(x)
