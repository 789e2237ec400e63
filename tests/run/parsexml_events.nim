discard """
  output: '''
xmlElementOpen a
attr b=c
attr d=x & y
close
xmlCharData [text]
xmlElementStart d
xmlElementEnd d
xmlCData [<x>]
xmlCharData [t ]
xmlCharData [<]
xmlWhitespace [ ]
ent foo
xmlWhitespace [ ]
xmlElementEnd a
xmlWhitespace [
]
xmlSpecial [DOCTYPE html]
xmlWhitespace [
]
xmlElementStart p
xmlWhitespace [
 ]
xmlElementStart b
xmlCharData [x]
xmlElementEnd b
xmlWhitespace [
]
xmlElementEnd p
xmlComment [ hi ]
xmlElementStart a
xmlElementEnd a
xmlElementOpen a
attr b=c
attr d=
close
xmlCharData [x]
xmlElementEnd a
xmlElementOpen a
attr href=u
close
xmlElementEnd a
xmlElementOpen a
attr b=
ERR f(1, 4) Error: '=' expected
xmlCharData [A]
xmlCharData [B]
xmlCharData [c]
'''
"""
# XML as events, with and without white space and comments, and its mistakes.
import parsexml, streams
proc run(s: string, o: set[XmlParseOption] = {}) =
  var x: XmlParser
  open(x, newStringStream(s), "f", o)
  while true:
    x.next()
    case x.kind
    of xmlEof: break
    of xmlError:
      echo "ERR ", x.errorMsg
      break
    of xmlElementStart, xmlElementEnd, xmlElementOpen: echo x.kind, " ", x.elementName
    of xmlAttribute: echo "attr ", x.attrKey, "=", x.attrValue
    of xmlPI: echo x.kind, " ", x.piName, "|", x.piRest
    of xmlElementClose: echo "close"
    of xmlEntity: echo "ent ", x.entityName
    else: echo x.kind, " [", x.charData, "]"
  x.close
run("<a b='c' d=\"x &amp; y\">text<d/><!-- c --><![CDATA[<x>]]> t &lt; &foo; </a>")
run("<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<p>\n <b>x</b>\n</p>", {reportWhitespace, reportComments})
run("<!-- hi --><a/>", {reportComments})
run("<a b=c d>x</a>", {allowUnquotedAttribs, allowEmptyAttribs})
run("<a href='u'/>")
run("<a b>")
run("&#65;&#x42;c")
