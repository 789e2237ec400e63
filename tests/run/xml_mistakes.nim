discard """
  output: '''
nil
  f(1, 0) Error: <some_tag> expected
nil
  f(1, 4) Error: <some_tag> expected
<a />
  f(1, 3) Error: </a> expected
<a />
  f(1, 7) Error: </a> expected
<a>
  <b />
</a>
  f(1, 10) Error: </b> expected
<a x="">&gt;</a>
  f(1, 4) Error: '=' expected
<a x="y">&gt;z</a>
  f(1, 6) Error: '"' or "'" expected
<a y="2" x="1" />
<a y="b/c" x="1">t</a>
<a y=" q r/s" x="">t</a>
<a x="">&gt;t</a>
  f(1, 5) Error: attribute value expected
<a x="1&gt;t&lt;/a&gt;" />
  f(1, 13) Error: '"' or "'" expected
  f(1, 13) Error: </a> expected
<a>&gt;t</a>
  f(1, 4) Error: '>' expected
<a x="1">&gt;t</a>
  f(1, 9) Error: '>' expected
<a ="" x="1">?&gt;t</a>
  f(1, 9) Error: '>' expected
<a>1 &lt;2 &amp;3 &amp; 4 &nbsp; 5 AB &amp;</a>
  f(1, 6) Error: name expected
  f(1, 10) Error: ';' expected
  f(1, 44) Error: name expected
<a><!--  c  --><!--  unended -->
</a>
  f(1, 25) Error: '-->' expected
  f(1, 25) Error: </a> expected
<a><![CDATA[ <x> ]] ]]>
</a>
<a><![CDATA[ <x>]]>
</a>
  f(1, 16) Error: ']]>' expected
  f(1, 16) Error: </a> expected
<a>z</a>
<a>
 x 
 y 
</a>
<a> </a>
nil
  f(1, 4) Error: <some_tag> expected
<a />
<a b="1" c="2">
  <d />
</a>
  f(7, 0) Error: </d> expected
  f(7, 0) Error: </a> expected
<A>
  <a />
</A>
  f(1, 10) Error: </a> expected
<a b="2" />
<a b="x&lt;yfooz&amp;bar" />
nil
  f(1, 1) Error: <some_tag> expected
nil
  f(1, 3) Error: '>' expected
  f(1, 3) Error: <some_tag> expected
nil
  f(1, 3) Error: '?>' expected
  f(1, 3) Error: <some_tag> expected
unknown_xml_doc(1, 10) Error: </b> expected @["unknown_xml_doc(1, 10) Error: </b> expected"]
Unable to read file: /nonexistent.xml
'''
"""
# XML from text to trees: what is mended, and the places of mistakes.
import xmlparser, xmltree, streams, strtabs, parsexml
proc run(s: string, options: set[XmlParseOption] = {reportComments}) =
  var errors: seq[string]
  let tree = parseXml(newStringStream(s), "f", errors, options)
  if tree.isNil: echo "nil" else: echo tree
  for e in errors: echo "  ", e
run ""
run "text"
run "<a>"
run "<a></b>"
run "<a><b></a></b>"
run "<a x></a>"
run "<a x=y>z</a>"
run "<a x='1' y=\"2\"/>"
run "<a x=1 y=b/c>t</a>", {allowUnquotedAttribs}
run "<a x y='  q  r/s  '>t</a>", {allowEmptyAttribs}
run "<a x=>t</a>", {allowUnquotedAttribs}
run "<a x='1>t</a>"
run "<a / >t</a>"
run "<a x='1'/ >t</a>"
run "<a x='1' ?>t</a>"
run "<a>1 < 2 & 3 &amp; 4 &nbsp; 5 &#x41;&#66; &;</a>"
run "<a><!-- c --><!-- unended"
run "<a><![CDATA[ <x> ]] ]]></a>"
run "<a><![CDATA[ <x>"
run "<?xml version='1.0'?><!DOCTYPE x [ <!ENTITY y \"z\"> ]><?php echo ?><a><?go on?>z</a>"
run "<a>\r\n x \r y \n</a>", {reportWhitespace}
run "<!-- 1 --><a> <!-- 2 --> </a>", {}
run "</a>"
run "<a></a ></b>"
run "<a\n b='1'\n c='2'\n>\n<d\n>\n"
run "<A><a></A></a>"
run "<a b='1' b='2'/>"
run "<a b='x&lt;y&foo;z&bar'/>"
run "<1>x</1>"
run "<!x"
run "<?x"
try: discard parseXml("<a><b></a>")
except XmlError as e: echo e.msg, " ", e.errors
try: discard loadXml("/nonexistent.xml")
except IOError as e: echo e.msg
