## HTML from Nim: `h1(a(href = "x", "text"))` is a string expression. Attributes are checked when the program is compiled.

import std/[macros, strutils]

func named(events: openArray[string]): string =
  result = ""
  for event in events: result.add "on" & event & " "

const
  coreAttr* = " accesskey class contenteditable dir hidden id lang spellcheck style tabindex title translate " ## What every element has.
  eventAttr* = " " & [
    "abort", "blur", "cancel", "canplay", "canplaythrough", "change", "click", "cuechange", "dblclick", "durationchange",
    "emptied", "ended", "error", "focus", "input", "invalid", "keydown", "keypress", "keyup", "load", "loadeddata",
    "loadedmetadata", "loadstart", "mousedown", "mouseenter", "mouseleave", "mousemove", "mouseout", "mouseover", "mouseup",
    "mousewheel", "pause", "play", "playing", "progress", "ratechange", "reset", "resize", "scroll", "seeked", "seeking",
    "select", "show", "stalled", "submit", "suspend", "timeupdate", "toggle", "volumechange", "waiting"].named & " " ## Handlers.
  ariaAttr* = " role " ## For readers.
  commonAttr* = coreAttr & eventAttr & ariaAttr ## All of these.

proc nameOf(e: NimNode): string =
  result = ""
  case e.kind
  of nnkIdent, nnkSym: result = e.strVal.normalize
  of nnkAccQuoted:
    for part in e: result.add part.nameOf
  else: error("cannot be used as attribute name", e)

proc take(names: var seq[string], name: string): bool =
  # Takes `name` from the names, if it is there.
  let at = names.find(name)
  result = at >= 0
  if result: names.del(at)

proc xmlCheckedTag*(argsList: NimNode, tag: string, optAttr = "", reqAttr = "", isLeaf = false): NimNode =
  ## The expression for an element `tag` with these arguments: attributes as `name = value`, then what is in it.
  var required = reqAttr.splitWhitespace
  var optional = optAttr.splitWhitespace
  var parts = @[newLit("<" & tag)]
  var content: seq[NimNode]
  for arg in argsList:
    if arg.kind != nnkExprEqExpr:
      if isLeaf: error("element " & tag & " cannot be nested", arg)
      content.add arg
      continue
    let name = arg[0].nameOf
    if not (name.startsWith("data-") or required.take(name) or optional.take(name)):
      error("invalid attribute for '" & tag & "' element: " & name, arg)
    parts.add [newLit(" " & name & "=\""), arg[1], newLit("\"")]
  if required.len > 0: error(required[0] & " attribute for '" & tag & "' element expected", argsList)
  if isLeaf:
    parts.add newLit(" />")
  else:
    parts.add newLit(">")
    parts.add content
    parts.add newLit("</" & tag & ">")
  result = parts[0]
  for part in parts[1 .. ^1]: result = infix(result, "&", part)

template element(name: untyped, tag, own: string, required = "") =
  macro name*(e: varargs[untyped]): untyped = xmlCheckedTag(e, tag, own & commonAttr, required)

template leaf(name: untyped, tag, own: string, required = "") =
  macro name*(e: varargs[untyped]): untyped = xmlCheckedTag(e, tag, own & commonAttr, required, true)

element a, "a", "download href hreflang rel target type"
element abbr, "abbr", ""
element address, "address", ""
leaf area, "area", "coords download href hreflang rel shape target type", required = "alt"
element article, "article", ""
element aside, "aside", ""
element audio, "audio", "autoplay controls crossorigin loop mediagroup muted preload src"
element b, "b", ""
leaf base, "base", "href target"
element bdi, "bdi", ""
element bdo, "bdo", ""
element big, "big", ""
element blockquote, "blockquote", "cite"
element body, "body", "onafterprint onbeforeprint onbeforeunload onhashchange onmessage onoffline ononline onpagehide onpageshow onpopstate onstorage onunload"
leaf br, "br", ""
element button, "button", "autofocus disabled form formaction formenctype formmethod formnovalidate formtarget menu name type value"
element canvas, "canvas", "height width"
element caption, "caption", ""
element center, "center", ""
element cite, "cite", ""
element code, "code", ""
leaf col, "col", "span"
element colgroup, "colgroup", "span"
element data, "data", "value"
element datalist, "datalist", ""
element dd, "dd", ""
element del, "del", "cite datetime"
element details, "details", "open"
element dfn, "dfn", ""
element dialog, "dialog", "open"
element `div`, "div", ""
element dl, "dl", ""
element dt, "dt", ""
element em, "em", ""
leaf embed, "embed", "height src type width"
element fieldset, "fieldset", "disabled form name"
element figure, "figure", ""
element figcaption, "figcaption", ""
element footer, "footer", ""
element form, "form", "accept-charset action autocomplete enctype method name novalidate target"
element h1, "h1", ""
element h2, "h2", ""
element h3, "h3", ""
element h4, "h4", ""
element h5, "h5", ""
element h6, "h6", ""
element head, "head", ""
element header, "header", ""
element html, "html", "xmlns"
macro hr*(): untyped = xmlCheckedTag(newNimNode(nnkArgList), "hr", commonAttr, "", true)
element i, "i", ""
element iframe, "iframe", "height loading name sandbox src srcdoc width"
leaf img, "img", "crossorigin height ismap loading usemap width", required = "src alt"
leaf input, "input", "accept alt autocomplete autofocus checked dirname disabled form formaction formenctype formmethod formnovalidate formtarget height inputmode list max maxlength min minlength multiple name pattern placeholder readonly required size src step type value width"
element ins, "ins", "cite datetime"
element kbd, "kbd", ""
element keygen, "keygen", "autofocus challenge disabled form keytype name"
element label, "label", "for form"
element legend, "legend", ""
element li, "li", "value"
leaf link, "link", "crossorigin href hreflang media rel sizes type"
element main, "main", ""
element map, "map", "name"
element mark, "mark", ""
element marquee, "marquee", "behavior bgcolor direction height hspace loop onbounce onfinish onstart scrollamount scrolldelay truespeed vspace width"
leaf meta, "meta", "charset content http-equiv name"
element meter, "meter", "high low max min optimum value"
element nav, "nav", ""
element noscript, "noscript", ""
element `object`, "object", "data form height name type typemustmatch usemap width"
element ol, "ol", "reversed start type"
element optgroup, "optgroup", "disabled", required = "label"
element option, "option", "disabled label selected value"
element output, "output", "for form name"
element p, "p", ""
leaf param, "param", "", required = "name value"
element picture, "picture", ""
element pre, "pre", ""
element progress, "progress", "max value"
element q, "q", "cite"
element rb, "rb", ""
element rp, "rp", ""
element rt, "rt", ""
element rtc, "rtc", ""
element ruby, "ruby", ""
element s, "s", ""
element samp, "samp", ""
element script, "script", "async charset crossorigin defer src type"
element section, "section", ""
element select, "select", "autofocus disabled form multiple name required size"
element slot, "slot", ""
element small, "small", ""
leaf source, "source", "type", required = "src"
element span, "span", ""
element strong, "strong", ""
element style, "style", "media type"
element sub, "sub", ""
element summary, "summary", ""
element sup, "sup", ""
element table, "table", "border sortable"
element tbody, "tbody", ""
element td, "td", "colspan headers rowspan"
element `template`, "template", ""
element textarea, "textarea", "autocomplete autofocus cols dirname disabled form inputmode maxlength minlength name placeholder readonly required rows wrap"
element tfoot, "tfoot", ""
element th, "th", "abbr axis colspan headers rowspan scope sorted"
element thead, "thead", ""
element time, "time", "datetime"
element title, "title", ""
element tr, "tr", ""
leaf track, "track", "default kind label srclang", required = "src"
element tt, "tt", ""
element u, "u", ""
element ul, "ul", ""
element `var`, "var", ""
element video, "video", "autoplay controls crossorigin height loop mediagroup muted poster preload src width"
leaf wbr, "wbr", ""
element portal, "portal", "disabled height src type width"
element math, "math", "href mathbackground mathcolor overflow"
element maction, "maction", "href mathbackground mathcolor"
element menclose, "menclose", "href mathbackground mathcolor notation"
element merror, "merror", "href mathbackground mathcolor"
element mfenced, "mfenced", "href mathbackground mathcolor open separators"
element mfrac, "mfrac", "href linethickness mathbackground mathcolor numalign"
element mglyph, "mglyph", "href mathbackground mathcolor src valign"
element mi, "mi", "href mathbackground mathcolor mathsize mathvariant"
element mlabeledtr, "mlabeledtr", "columnalign groupalign href mathbackground mathcolor rowalign"
element mmultiscripts, "mmultiscripts", "href mathbackground mathcolor subscriptshift superscriptshift"
element mn, "mn", "href mathbackground mathcolor mathsize mathvariant"
element mo, "mo", "fence form largeop lspace mathbackground mathcolor mathsize mathvariant movablelimits rspace separator stretchy symmetric"
element mover, "mover", "accent href mathbackground mathcolor"
element mpadded, "mpadded", "depth href lspace mathbackground mathcolor voffset"
element mphantom, "mphantom", "mathbackground"
element mroot, "mroot", "href mathbackground mathcolor"
element mrow, "mrow", "href mathbackground mathcolor"
element ms, "ms", "href lquote mathbackground mathcolor mathsize mathvariant rquote"
element mspace, "mspace", "href linebreak mathbackground mathcolor"
element msqrt, "msqrt", "href mathbackground mathcolor"
element mstyle, "mstyle", "( ) decimalpoint displaystyle href infixlinebreakstyle mathbackground mathcolor scriptlevel scriptminsize scriptsizemultiplier"
element msub, "msub", "href mathbackground mathcolor subscriptshift"
element msubsup, "msubsup", "href mathbackground mathcolor subscriptshift superscriptshift"
element msup, "msup", "href mathbackground mathcolor superscriptshift"
element mtable, "mtable", "( ) align alignmentscope columnalign columnlines columnspacing columnwidth displaystyle equalcolumns equalrows frame framespacing groupalign href mathbackground mathcolor rowalign rowlines rowspacing side width"
element mtd, "mtd", "columnalign columnspan groupalign href mathbackground mathcolor rowalign rowspan"
element mtext, "mtext", "href mathbackground mathcolor mathsize mathvariant"
element munder, "munder", "accentunder align href mathbackground mathcolor"
element munderover, "munderover", "accent accentunder align href mathbackground mathcolor"
element semantics, "semantics", "cd definitionURL encoding href mathbackground mathcolor src"
element annotation, "annotation", "cd definitionURL encoding href mathbackground mathcolor src"
