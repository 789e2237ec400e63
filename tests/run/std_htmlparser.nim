discard """
  output: '''
"" -> "<document />"
"text" -> "text"
"<p>a<p>b" -> "<document>\x0A  <p>a</p>\x0A  <p>b</p>\x0A</document>"
  f(1, 7) Error: </p> expected
  f(1, 8) Error: </p> expected
"<ul><li>1<li>2</ul>" -> "<ul>\x0A  <li>1</li>\x0A  <li>2</li>\x0A</ul>"
  f(1, 13) Error: </li> expected
  f(1, 19) Error: </li> expected
  f(1, 19) Error: </ul> expected
"<table><tr><td>1<td>2<tr><td>3</table>" -> "<table>\x0A  <tr>\x0A    <td>1</td>\x0A    <td>2</td>\x0A  </tr>\x0A  <tr>\x0A    <td>3</td>\x0A  </tr>\x0A</table>"
  f(1, 20) Error: </td> expected
  f(1, 25) Error: </td> expected
  f(1, 25) Error: </tr> expected
  f(1, 38) Error: </td> expected
  f(1, 38) Error: </tr> expected
  f(1, 38) Error: </table> expected
"<br>x<br/>y</br>" -> "<document><br />x<br />y</document>"
  f(1, 16) Error: unexpected ending tag: br
"<IMG SRC=a.png ALT>" -> "<img SRC=\"a.png\" ALT=\"\" />"
"<a href=\'x\'>y</a>" -> "<a href=\"x\">y</a>"
"<!DOCTYPE html>\x0A<html><body>x</body></html>" -> "<document>\x0A<html>  <body>x</body></html></document>"
"<b><i>x</b></i>" -> "<b>\x0A  <i>x</i>\x0A</b>"
  f(1, 11) Error: </i> expected
  f(1, 15) Error: </b> expected
"</p>x" -> "x"
  f(1, 4) Error: unexpected ending tag: p
  f(1, 4) Error: unexpected ending tag: p
"a &nbsp; &auml; &foo; &#65; &#x42; &lt;" -> "<document>a \xC2\xA0 \xC3\xA4  A B &lt;</document>"
"<!-- c --><p/>" -> "<document><!--  c  -->\x0A  <p />\x0A</document>"
"<select><option>a<option>b</select>" -> "<select>\x0A  <option>a</option>\x0A  <option>b</option>\x0A</select>"
  f(1, 25) Error: </option> expected
  f(1, 35) Error: </option> expected
  f(1, 35) Error: </select> expected
"<dl><dt>a<dd>b<dt>c</dl>" -> "<dl>\x0A  <dt>a</dt>\x0A  <dd>b</dd>\x0A  <dt>c</dt>\x0A</dl>"
  f(1, 13) Error: </dt> expected
  f(1, 18) Error: </dd> expected
  f(1, 24) Error: </dt> expected
  f(1, 24) Error: </dl> expected
"<p>x</div></p>y" -> "<document><p>x</p>y</document>"
  f(1, 10) Error: </p> expected
"<div><span>x</div>" -> "<div>\x0A  <span>x</span>\x0A</div>"
  f(1, 18) Error: </span> expected
  f(1, 18) Error: </div> expected
"<a b=c d=\'e\' f>" -> "<a b=\"c\" d=\"e\" f=\"\" />"
  f(1, 15) Error: </a> expected
"<a" -> "<a />"
  f(1, 2) Error: '>' expected
  f(1, 2) Error: </a> expected
"<a b" -> "<a b=\"\" />"
  f(1, 4) Error: '=' expected
  f(1, 4) Error: </a> expected
"<script>if (a < b) x</script>" -> "<script>if (a &lt; b) x</script>"
  f(1, 15) Error: name expected
"<optgroup><option>1<optgroup>" -> "<document>\x0A  <optgroup />\x0A  <option>1  <optgroup /></option>\x0A</document>"
  f(1, 18) Error: </optgroup> expected
  f(1, 29) Error: </optgroup> expected
  f(1, 29) Error: </option> expected
"<h1>A</h1><h2>B</h2>" -> "<document>\x0A  <h1>A</h1>\x0A  <h2>B</h2>\x0A</document>"
"<a ? b>x</a>" -> "<a>? b&gt;x</a>"
  f(1, 3) Error: '>' expected
"<td>1</td>\x0A</table>" -> "<document><td>1</td>\x0A</document>"
  f(2, 8) Error: unexpected ending tag: table
 0 ""
a 0 ""
gt 62 ">"
Uuml 220 "\xC3\x9C"
quest 63 "?"
#63 63 "?"
#x3F 63 "?"
#X3f 63 "?"
# 0 ""
#x 0 ""
#zz 0 ""
#1114112 0 ""
Sigma 931 "\xCE\xA3"
hellip 8230 "\xE2\x80\xA6"
NotEqualTilde 0 ""
amp 38 "&"
AMP 38 "&"
nosuch 0 ""
#0 0 ""
#220
tagDivtagUnknowntagAtagWbrtagH1tagSpantagUnknown
true412614123tagWbr
1x
2y
Unable to read file: /nonexistent
'''
"""
# HTML as it is found, its entities and its elements.
import htmlparser, streams, strtabs, strutils, unicode
import xmltree except escape
proc run(s: string) =
  var errors: seq[string]
  let tree = parseHtml(newStringStream(s), "f", errors)
  echo s.escape, " -> ", ($tree).escape
  for e in errors: echo "  ", e
for s in ["", "text", "<p>a<p>b", "<ul><li>1<li>2</ul>", "<table><tr><td>1<td>2<tr><td>3</table>", "<br>x<br/>y</br>", "<IMG SRC=a.png ALT>", "<a href='x'>y</a>", "<!DOCTYPE html>\n<html><body>x</body></html>", "<b><i>x</b></i>", "</p>x", "a &nbsp; &auml; &foo; &#65; &#x42; &lt;", "<!-- c --><p/>", "<select><option>a<option>b</select>",
    "<dl><dt>a<dd>b<dt>c</dl>", "<p>x</div></p>y", "<div><span>x</div>", "<a b=c d='e' f>", "<a", "<a b", "<script>if (a < b) x</script>", "<optgroup><option>1<optgroup>", "<h1>A</h1><h2>B</h2>", "<a ? b>x</a>", "<td>1</td>\n</table>"]: run s
for s in ["", "a", "gt", "Uuml", "quest", "#63", "#x3F", "#X3f", "#", "#x", "#zz", "#1114112", "Sigma", "hellip", "NotEqualTilde", "amp", "AMP", "nosuch", "#0"]: echo s, " ", entityToRune(s).int, " ", entityToUtf8(s).escape
echo runeToEntity(Rune(220)), runeToEntity(Rune(0)), runeToEntity(Rune(-1))
echo htmlTag("DIV"), htmlTag("nosuch"), htmlTag("a"), htmlTag("wbr"), htmlTag("H1"), htmlTag(newElement("span")), htmlTag("")
echo tagBr in SingleTags, card(InlineTags), card(BlockTags), card(SingleTags), tagToStr.len, HtmlTag.high
let doc = parseHtml("<ul><li><a href='1'>x</a><li><a href='2'>y</a></ul>")
for a in doc.findAll("a"): echo a.attrs["href"], a.innerText
try: discard loadHtml("/nonexistent")
except IOError as e: echo e.msg
