discard """
  output: '''
<root>some &lt;text&gt;<!-- c --></root>
<item k="v&quot;1">
  <x />
  <y />
</item>
<root>some &lt;text&gt;<!-- c --><item k="v&quot;1">  <x />  <y /></item></root>3v"11true
1some <text>&lt;&amp;&gt;&apos;&quot;
xnText
xnComment
xnElement
<p><q>  <r>    <s />  </r></q><![CDATA[x<y]]>&nbsp;</p>
item<z />
<item k="v&quot;1" n="1">
  <y />
</item>
<root b="two &amp; more" a="1"><item>hello  there </item><item>a &lt; b <i>x</i>tail </item><empty />&unknown;
</root>
two & more2
[hello  there ]
[a < b xtail ]
bad
<a>x A y</a>
'''
"""
import xmltree, strtabs, xmlparser
var a = newElement("root")
a.add newText("some <text>")
a.add newComment("c")
let b = newXmlTree("item", [newElement("x"), newElement("y")], {"k": "v\"1"}.toXmlAttributes)
echo a
echo b
a.add b
echo a, a.len, b.attr("k"), b.attrsLen, a.child("item") == b
echo b.findAll("y").len, a.innerText, escape("<&>'\"")
for n in a: echo n.kind
let c = newXmlTree("p", [newXmlTree("q", [newXmlTree("r", [newElement("s")])]), newCData("x<y"), newEntity("nbsp")])
echo c
b[0].tag = "z"
b.attrs["n"] = "1"
echo b.tag, b[0]
b.delete(0)
echo b
let parsed = parseXml("""<?xml version="1.0"?>

<root a="1" b='two &amp; more'>
  <item>hello  there </item>
  <item> a &lt; b <i>x</i> tail </item>
  <empty/>
  &unknown;
</root>""")
echo parsed
echo parsed.attr("b"), parsed.findAll("item").len
for i in parsed.findAll("item"): echo "[", i.innerText, "]"
try: discard parseXml("<a><b></a>")
except XmlError: echo "bad"
echo parseXml("<a>x &#65; y</a>")
