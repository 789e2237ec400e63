discard """
  output: '''
-- "<a b=\'c\' d=\"x &amp; y\">text<d/><!-- c --><![CDATA[<x>]]> t &lt; &foo; </a>"
xmlElementOpen a
  1,3 "a" | ""
attr b="c"
  1,9 "b" | "c"
attr d="x & y"
  1,22 "d" | "x & y"
close
  1,23 "d" | "x & y"
xmlCharData "text"
  1,27 "text" | "x & y"
xmlElementStart d
  1,31 "d" | "x & y"
xmlElementEnd d
  1,31 "d" | "x & y"
xmlCData "<x>"
  1,56 "<x>" | "x & y"
xmlCharData "t "
  1,59 "t " | "x & y"
xmlCharData "<"
  1,63 "<" | "x & y"
xmlWhitespace " "
  1,64 " " | "x & y"
ent foo
  1,69 "foo" | "x & y"
xmlWhitespace " "
  1,70 " " | "x & y"
xmlElementEnd a
  1,74 "a" | "x & y"
-- "<a b=\'c\' d=\"x &amp; y\">text<d/><!-- c --><![CDATA[<x>]]> t &lt; &foo; </a>"
xmlElementOpen a
  1,3 "a" | ""
attr b="c"
  1,9 "b" | "c"
attr d="x & y"
  1,22 "d" | "x & y"
close
  1,23 "d" | "x & y"
xmlCharData "text"
  1,27 "text" | "x & y"
xmlElementStart d
  1,31 "d" | "x & y"
xmlElementEnd d
  1,31 "d" | "x & y"
xmlComment " c "
  1,41 " c " | "x & y"
xmlCData "<x>"
  1,56 "<x>" | "x & y"
xmlWhitespace " "
  1,57 " " | "x & y"
xmlCharData "t "
  1,59 "t " | "x & y"
xmlCharData "<"
  1,63 "<" | "x & y"
xmlWhitespace " "
  1,64 " " | "x & y"
ent foo
  1,69 "foo" | "x & y"
xmlWhitespace " "
  1,70 " " | "x & y"
xmlElementEnd a
  1,74 "a" | "x & y"
-- "<a b=\'c\' d=\"x &amp; y\">text<d/><!-- c --><![CDATA[<x>]]> t &lt; &foo; </a>"
xmlElementOpen a
  1,3 "a" | ""
attr b="c"
  1,9 "b" | "c"
attr d="x & y"
  1,22 "d" | "x & y"
close
  1,23 "d" | "x & y"
xmlCharData "text"
  1,27 "text" | "x & y"
xmlElementStart d
  1,31 "d" | "x & y"
xmlElementEnd d
  1,31 "d" | "x & y"
xmlCData "<x>"
  1,56 "<x>" | "x & y"
xmlCharData "t "
  1,59 "t " | "x & y"
xmlCharData "<"
  1,63 "<" | "x & y"
xmlWhitespace " "
  1,64 " " | "x & y"
ent foo
  1,69 "foo" | "x & y"
xmlWhitespace " "
  1,70 " " | "x & y"
xmlElementEnd a
  1,74 "a" | "x & y"
-- "<!DOCTYPE html PUBLIC \"-//W3C//DTD\">\x0A<p>\x0A <b>x</b>\x0A</p>"
xmlSpecial "DOCTYPE html PUBLIC \"-W3CDTD\""
  1,36 "DOCTYPE html PUBLIC \"-W3CDTD\"" | "////"
xmlElementStart p
  2,3 "p" | "////"
xmlElementStart b
  3,4 "b" | "////"
xmlCharData "x"
  3,5 "x" | "////"
xmlElementEnd b
  3,9 "b" | "////"
xmlElementEnd p
  4,4 "p" | "////"
-- "<!DOCTYPE html PUBLIC \"-//W3C//DTD\">\x0A<p>\x0A <b>x</b>\x0A</p>"
xmlSpecial "DOCTYPE html PUBLIC \"-W3CDTD\""
  1,36 "DOCTYPE html PUBLIC \"-W3CDTD\"" | "////"
xmlWhitespace "\x0A"
  2,0 "\x0A" | "////"
xmlElementStart p
  2,3 "p" | "////"
xmlWhitespace "\x0A "
  3,1 "\x0A " | "////"
xmlElementStart b
  3,4 "b" | "////"
xmlCharData "x"
  3,5 "x" | "////"
xmlElementEnd b
  3,9 "b" | "////"
xmlWhitespace "\x0A"
  4,0 "\x0A" | "////"
xmlElementEnd p
  4,4 "p" | "////"
-- "<!DOCTYPE html PUBLIC \"-//W3C//DTD\">\x0A<p>\x0A <b>x</b>\x0A</p>"
xmlSpecial "DOCTYPE html PUBLIC \"-W3CDTD\""
  1,36 "DOCTYPE html PUBLIC \"-W3CDTD\"" | "////"
xmlElementStart p
  2,3 "p" | "////"
xmlElementStart b
  3,4 "b" | "////"
xmlCharData "x"
  3,5 "x" | "////"
xmlElementEnd b
  3,9 "b" | "////"
xmlElementEnd p
  4,4 "p" | "////"
-- "<a b>"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,4 "b" | ""
ERR f(1, 4) Error: '=' expected
  1,4 "b" | ""
xmlCharData ">"
  1,5 ">" | ""
-- "<a b>"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,4 "b" | ""
ERR f(1, 4) Error: '=' expected
  1,4 "b" | ""
xmlCharData ">"
  1,5 ">" | ""
-- "<a b>"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,4 "b" | ""
close
  1,5 "b" | ""
-- "<a b c=\'1\'>"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,5 "b" | ""
ERR f(1, 5) Error: '=' expected
  1,5 "b" | ""
xmlCharData "c=\'1\'>"
  1,11 "c=\'1\'>" | ""
-- "<a b c=\'1\'>"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,5 "b" | ""
ERR f(1, 5) Error: '=' expected
  1,5 "b" | ""
xmlCharData "c=\'1\'>"
  1,11 "c=\'1\'>" | ""
-- "<a b c=\'1\'>"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,5 "b" | ""
attr c="1"
  1,10 "c" | "1"
close
  1,11 "c" | "1"
-- "<a b=>"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,5 "b" | ""
ERR f(1, 5) Error: '"' or "'" expected
  1,5 "b" | ""
xmlCharData ">"
  1,6 ">" | ""
-- "<a b=>"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,5 "b" | ""
ERR f(1, 5) Error: '"' or "'" expected
  1,5 "b" | ""
xmlCharData ">"
  1,6 ">" | ""
-- "<a b=>"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,5 "b" | ""
ERR f(1, 5) Error: attribute value expected
  1,5 "b" | ""
xmlCharData ">"
  1,6 ">" | ""
-- "<a = >"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
xmlCharData "= >"
  1,6 "= >" | ""
-- "<a = >"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
xmlCharData "= >"
  1,6 "= >" | ""
-- "<a = >"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
xmlCharData "= >"
  1,6 "= >" | ""
-- "<a =\'2\'>x"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
xmlCharData "=\'2\'>x"
  1,9 "=\'2\'>x" | ""
-- "<a =\'2\'>x"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
xmlCharData "=\'2\'>x"
  1,9 "=\'2\'>x" | ""
-- "<a =\'2\'>x"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
xmlCharData "=\'2\'>x"
  1,9 "=\'2\'>x" | ""
-- "<a b=\'"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,6 "b" | ""
ERR f(1, 6) Error: '"' or "'" expected
  1,6 "b" | ""
-- "<a b=\'"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,6 "b" | ""
ERR f(1, 6) Error: '"' or "'" expected
  1,6 "b" | ""
-- "<a b=\'"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,6 "b" | ""
ERR f(1, 6) Error: '"' or "'" expected
  1,6 "b" | ""
-- "<a b=\'x y/ z / \'>"
xmlElementOpen a
  1,3 "a" | ""
attr b="x y/ z/"
  1,16 "b" | "x y/ z/"
close
  1,17 "b" | "x y/ z/"
-- "<a b=\'x y/ z / \'>"
xmlElementOpen a
  1,3 "a" | ""
attr b="x y/ z/"
  1,16 "b" | "x y/ z/"
close
  1,17 "b" | "x y/ z/"
-- "<a b=\'x y/ z / \'>"
xmlElementOpen a
  1,3 "a" | ""
attr b="x y/ z/"
  1,16 "b" | "x y/ z/"
close
  1,17 "b" | "x y/ z/"
-- "<"
xmlCharData "<"
  1,1 "<" | ""
ERR f(1, 1) Error: name expected
  1,1 "<" | ""
-- "<"
xmlCharData "<"
  1,1 "<" | ""
ERR f(1, 1) Error: name expected
  1,1 "<" | ""
-- "<"
xmlCharData "<"
  1,1 "<" | ""
ERR f(1, 1) Error: name expected
  1,1 "<" | ""
-- "<a"
xmlElementStart a
  1,2 "a" | ""
ERR f(1, 2) Error: '>' expected
  1,2 "a" | ""
-- "<a"
xmlElementStart a
  1,2 "a" | ""
ERR f(1, 2) Error: '>' expected
  1,2 "a" | ""
-- "<a"
xmlElementStart a
  1,2 "a" | ""
ERR f(1, 2) Error: '>' expected
  1,2 "a" | ""
-- "<a "
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
-- "<a "
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
-- "<a "
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
-- "<a b"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,4 "b" | ""
ERR f(1, 4) Error: '=' expected
  1,4 "b" | ""
-- "<a b"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,4 "b" | ""
ERR f(1, 4) Error: '=' expected
  1,4 "b" | ""
-- "<a b"
xmlElementOpen a
  1,3 "a" | ""
attr b=""
  1,4 "b" | ""
ERR f(1, 4) Error: '=' expected
  1,4 "b" | ""
-- "</"
xmlElementEnd 
  1,2 "" | ""
ERR f(1, 2) Error: '>' expected
  1,2 "" | ""
-- "</"
xmlElementEnd 
  1,2 "" | ""
ERR f(1, 2) Error: '>' expected
  1,2 "" | ""
-- "</"
xmlElementEnd 
  1,2 "" | ""
ERR f(1, 2) Error: '>' expected
  1,2 "" | ""
-- "</a"
xmlElementEnd a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
-- "</a"
xmlElementEnd a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
-- "</a"
xmlElementEnd a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
-- "</ a>"
xmlElementEnd 
  1,3 "" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "" | ""
xmlCharData "a>"
  1,5 "a>" | ""
-- "</ a>"
xmlElementEnd 
  1,3 "" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "" | ""
xmlCharData "a>"
  1,5 "a>" | ""
-- "</ a>"
xmlElementEnd 
  1,3 "" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "" | ""
xmlCharData "a>"
  1,5 "a>" | ""
-- "<a/"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
-- "<a/"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
-- "<a/"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
-- "<a/x>"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
xmlCharData "x>"
  1,5 "x>" | ""
-- "<a/x>"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
xmlCharData "x>"
  1,5 "x>" | ""
-- "<a/x>"
xmlElementStart a
  1,3 "a" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "a" | ""
xmlCharData "x>"
  1,5 "x>" | ""
-- "&"
xmlCharData "&"
  1,1 "&" | ""
ERR f(1, 1) Error: ';' expected
  1,1 "&" | ""
-- "&"
xmlCharData "&"
  1,1 "&" | ""
ERR f(1, 1) Error: ';' expected
  1,1 "&" | ""
-- "&"
xmlCharData "&"
  1,1 "&" | ""
ERR f(1, 1) Error: ';' expected
  1,1 "&" | ""
-- "&x"
xmlCharData "&x"
  1,2 "&x" | ""
-- "&x"
xmlCharData "&x"
  1,2 "&x" | ""
-- "&x"
xmlCharData "&x"
  1,2 "&x" | ""
-- "&x;"
ent x
  1,3 "x" | ""
-- "&x;"
ent x
  1,3 "x" | ""
-- "&x;"
ent x
  1,3 "x" | ""
-- "& x;"
xmlCharData "&"
  1,1 "&" | ""
ERR f(1, 1) Error: ';' expected
  1,1 "&" | ""
xmlCharData "x;"
  1,4 "x;" | ""
-- "& x;"
xmlCharData "&"
  1,1 "&" | ""
ERR f(1, 1) Error: ';' expected
  1,1 "&" | ""
xmlWhitespace " "
  1,2 " " | ""
xmlCharData "x;"
  1,4 "x;" | ""
-- "& x;"
xmlCharData "&"
  1,1 "&" | ""
ERR f(1, 1) Error: ';' expected
  1,1 "&" | ""
xmlCharData "x;"
  1,4 "x;" | ""
-- "&#;"
xmlCharData "\x00"
  1,3 "\x00" | ""
-- "&#;"
xmlCharData "\x00"
  1,3 "\x00" | ""
-- "&#;"
xmlCharData "\x00"
  1,3 "\x00" | ""
-- "&#x;"
xmlCharData "\x00"
  1,4 "\x00" | ""
-- "&#x;"
xmlCharData "\x00"
  1,4 "\x00" | ""
-- "&#x;"
xmlCharData "\x00"
  1,4 "\x00" | ""
-- "&#x1F600;"
xmlCharData "\xF0\x9F\x98\x80"
  1,9 "\xF0\x9F\x98\x80" | ""
-- "&#x1F600;"
xmlCharData "\xF0\x9F\x98\x80"
  1,9 "\xF0\x9F\x98\x80" | ""
-- "&#x1F600;"
xmlCharData "\xF0\x9F\x98\x80"
  1,9 "\xF0\x9F\x98\x80" | ""
-- "&#99999999;"
xmlCharData "\xFC\x85\xBD\x9E\x83\xBF"
  1,11 "\xFC\x85\xBD\x9E\x83\xBF" | ""
-- "&#99999999;"
xmlCharData "\xFC\x85\xBD\x9E\x83\xBF"
  1,11 "\xFC\x85\xBD\x9E\x83\xBF" | ""
-- "&#99999999;"
xmlCharData "\xFC\x85\xBD\x9E\x83\xBF"
  1,11 "\xFC\x85\xBD\x9E\x83\xBF" | ""
-- "a & b &lt c"
xmlCharData "a "
  1,2 "a " | ""
xmlCharData "&"
  1,3 "&" | ""
ERR f(1, 3) Error: ';' expected
  1,3 "&" | ""
xmlCharData "b "
  1,6 "b " | ""
xmlCharData "&lt"
  1,9 "&lt" | ""
xmlWhitespace " "
  1,10 " " | ""
xmlCharData "c"
  1,11 "c" | ""
-- "a & b &lt c"
xmlCharData "a "
  1,2 "a " | ""
xmlCharData "&"
  1,3 "&" | ""
ERR f(1, 3) Error: ';' expected
  1,3 "&" | ""
xmlWhitespace " "
  1,4 " " | ""
xmlCharData "b "
  1,6 "b " | ""
xmlCharData "&lt"
  1,9 "&lt" | ""
xmlWhitespace " "
  1,10 " " | ""
xmlCharData "c"
  1,11 "c" | ""
-- "a & b &lt c"
xmlCharData "a "
  1,2 "a " | ""
xmlCharData "&"
  1,3 "&" | ""
ERR f(1, 3) Error: ';' expected
  1,3 "&" | ""
xmlCharData "b "
  1,6 "b " | ""
xmlCharData "&lt"
  1,9 "&lt" | ""
xmlWhitespace " "
  1,10 " " | ""
xmlCharData "c"
  1,11 "c" | ""
-- "<a b=\'&\'/>"
xmlElementOpen a
  1,3 "a" | ""
attr b="&"
  1,8 "b" | "&"
ERR f(1, 8) Error: ';' expected
  1,8 "b" | "&"
xmlCharData "/>"
  1,10 "/>" | "&"
-- "<a b=\'&\'/>"
xmlElementOpen a
  1,3 "a" | ""
attr b="&"
  1,8 "b" | "&"
ERR f(1, 8) Error: ';' expected
  1,8 "b" | "&"
xmlCharData "/>"
  1,10 "/>" | "&"
-- "<a b=\'&\'/>"
xmlElementOpen a
  1,3 "a" | ""
attr b="&"
  1,8 "b" | "&"
ERR f(1, 8) Error: ';' expected
  1,8 "b" | "&"
xmlCharData "/>"
  1,10 "/>" | "&"
-- "<a b=& c=&amp;x/>"
xmlElementOpen a
  1,3 "a" | ""
attr b="&"
  1,7 "b" | "&"
ERR f(1, 7) Error: '"' or "'" expected
  1,7 "b" | "&"
xmlCharData "c="
  1,9 "c=" | "&"
xmlCharData "&"
  1,14 "&" | "&"
xmlCharData "x/>"
  1,17 "x/>" | "&"
-- "<a b=& c=&amp;x/>"
xmlElementOpen a
  1,3 "a" | ""
attr b="&"
  1,7 "b" | "&"
ERR f(1, 7) Error: '"' or "'" expected
  1,7 "b" | "&"
xmlCharData "c="
  1,9 "c=" | "&"
xmlCharData "&"
  1,14 "&" | "&"
xmlCharData "x/>"
  1,17 "x/>" | "&"
-- "<a b=& c=&amp;x/>"
xmlElementOpen a
  1,3 "a" | ""
attr b="&"
  1,7 "b" | "&"
ERR f(1, 7) Error: ';' expected
  1,7 "b" | "&"
xmlCharData "c="
  1,9 "c=" | "&"
xmlCharData "&"
  1,14 "&" | "&"
xmlCharData "x/>"
  1,17 "x/>" | "&"
-- "<?"
xmlPI |""
  1,2 "" | ""
ERR f(1, 2) Error: '?>' expected
  1,2 "" | ""
-- "<?"
xmlPI |""
  1,2 "" | ""
ERR f(1, 2) Error: '?>' expected
  1,2 "" | ""
-- "<?"
xmlPI |""
  1,2 "" | ""
ERR f(1, 2) Error: '?>' expected
  1,2 "" | ""
-- "<?x"
xmlPI x|""
  1,3 "x" | ""
ERR f(1, 3) Error: '?>' expected
  1,3 "x" | ""
-- "<?x"
xmlPI x|""
  1,3 "x" | ""
ERR f(1, 3) Error: '?>' expected
  1,3 "x" | ""
-- "<?x"
xmlPI x|""
  1,3 "x" | ""
ERR f(1, 3) Error: '?>' expected
  1,3 "x" | ""
-- "<?x y?z?>"
xmlPI x|" y?z"
  1,9 "x" | " y?z"
-- "<?x y?z?>"
xmlPI x|" y?z"
  1,9 "x" | " y?z"
-- "<?x y?z?>"
xmlPI x|" y?z"
  1,9 "x" | " y?z"
-- "<? x?>"
xmlPI |" x"
  1,6 "" | " x"
ERR f(1, 6) Error: name expected
  1,6 "" | " x"
-- "<? x?>"
xmlPI |" x"
  1,6 "" | " x"
ERR f(1, 6) Error: name expected
  1,6 "" | " x"
-- "<? x?>"
xmlPI |" x"
  1,6 "" | " x"
ERR f(1, 6) Error: name expected
  1,6 "" | " x"
-- "<!"
xmlSpecial ""
  1,2 "" | ""
ERR f(1, 2) Error: '>' expected
  1,2 "" | ""
-- "<!"
xmlSpecial ""
  1,2 "" | ""
ERR f(1, 2) Error: '>' expected
  1,2 "" | ""
-- "<!"
xmlSpecial ""
  1,2 "" | ""
ERR f(1, 2) Error: '>' expected
  1,2 "" | ""
-- "<!a<b>c"
xmlSpecial "a<b>c"
  1,7 "a<b>c" | ""
ERR f(1, 7) Error: '>' expected
  1,7 "a<b>c" | ""
-- "<!a<b>c"
xmlSpecial "a<b>c"
  1,7 "a<b>c" | ""
ERR f(1, 7) Error: '>' expected
  1,7 "a<b>c" | ""
-- "<!a<b>c"
xmlSpecial "a<b>c"
  1,7 "a<b>c" | ""
ERR f(1, 7) Error: '>' expected
  1,7 "a<b>c" | ""
-- "<!--"
-- "<!--"
xmlComment ""
  1,4 "" | ""
ERR f(1, 4) Error: '-->' expected
  1,4 "" | ""
-- "<!--"
-- "<!-"
xmlSpecial "-"
  1,3 "-" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "-" | ""
-- "<!-"
xmlSpecial "-"
  1,3 "-" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "-" | ""
-- "<!-"
xmlSpecial "-"
  1,3 "-" | ""
ERR f(1, 3) Error: '>' expected
  1,3 "-" | ""
-- "<!-- -- -->"
-- "<!-- -- -->"
xmlComment " -- "
  1,11 " -- " | ""
-- "<!-- -- -->"
-- "<![CDATA["
xmlCData ""
  1,9 "" | ""
ERR f(1, 9) Error: ']]>' expected
  1,9 "" | ""
-- "<![CDATA["
xmlCData ""
  1,9 "" | ""
ERR f(1, 9) Error: ']]>' expected
  1,9 "" | ""
-- "<![CDATA["
xmlCData ""
  1,9 "" | ""
ERR f(1, 9) Error: ']]>' expected
  1,9 "" | ""
-- "<![CDATA[]]>"
xmlCData ""
  1,12 "" | ""
-- "<![CDATA[]]>"
xmlCData ""
  1,12 "" | ""
-- "<![CDATA[]]>"
xmlCData ""
  1,12 "" | ""
-- "<![CDATA[]]]]>x"
xmlCData "]]"
  1,14 "]]" | ""
xmlCharData "x"
  1,15 "x" | ""
-- "<![CDATA[]]]]>x"
xmlCData "]]"
  1,14 "]]" | ""
xmlCharData "x"
  1,15 "x" | ""
-- "<![CDATA[]]]]>x"
xmlCData "]]"
  1,14 "]]" | ""
xmlCharData "x"
  1,15 "x" | ""
-- "\xEF\xBB\xBF<a/>"
xmlElementStart a
  1,4 "a" | ""
xmlElementEnd a
  1,4 "a" | ""
-- "\xEF\xBB\xBF<a/>"
xmlElementStart a
  1,4 "a" | ""
xmlElementEnd a
  1,4 "a" | ""
-- "\xEF\xBB\xBF<a/>"
xmlElementStart a
  1,4 "a" | ""
xmlElementEnd a
  1,4 "a" | ""
-- "\x0D\x0A\x0D<a\x0D\x0Ab=\'1\x0D\x0A2\'/>\x0D"
xmlElementOpen a
  4,0 "a" | ""
attr b="1 2"
  5,2 "b" | "1 2"
close
  5,4 "b" | "1 2"
xmlElementEnd a
  5,4 "a" | "1 2"
-- "\x0D\x0A\x0D<a\x0D\x0Ab=\'1\x0D\x0A2\'/>\x0D"
xmlWhitespace "\x0A\x0A"
  3,0 "\x0A\x0A" | ""
xmlElementOpen a
  4,0 "a" | ""
attr b="1 2"
  5,2 "b" | "1 2"
close
  5,4 "b" | "1 2"
xmlElementEnd a
  5,4 "a" | "1 2"
xmlWhitespace "\x0A"
  6,0 "\x0A" | "1 2"
-- "\x0D\x0A\x0D<a\x0D\x0Ab=\'1\x0D\x0A2\'/>\x0D"
xmlElementOpen a
  4,0 "a" | ""
attr b="1 2"
  5,2 "b" | "1 2"
close
  5,4 "b" | "1 2"
xmlElementEnd a
  5,4 "a" | "1 2"
'''
"""
# Events and their places, in texts that are no XML.
import parsexml, streams
from strutils import escape
proc run(s: string, o: set[XmlParseOption] = {}) =
  var x: XmlParser
  open(x, newStringStream(s), "f", o)
  echo "-- ", s.escape
  for i in 0..40:
    x.next()
    case x.kind
    of xmlEof: break
    of xmlError: echo "ERR ", x.errorMsg
    of xmlElementStart, xmlElementEnd, xmlElementOpen: echo x.kind, " ", x.elementName
    of xmlAttribute: echo "attr ", x.attrKey, "=", x.attrValue.escape
    of xmlPI: echo x.kind, " ", x.piName, "|", x.piRest.escape
    of xmlElementClose: echo "close"
    of xmlEntity: echo "ent ", x.entityName
    else: echo x.kind, " ", x.charData.escape
    echo "  ", x.getLine, ",", x.getColumn, " ", x.rawData.escape, " | ", x.rawData2.escape
  x.close
for s in ["<a b='c' d=\"x &amp; y\">text<d/><!-- c --><![CDATA[<x>]]> t &lt; &foo; </a>", "<!DOCTYPE html PUBLIC \"-//W3C//DTD\">\n<p>\n <b>x</b>\n</p>",
  "<a b>", "<a b c='1'>", "<a b=>", "<a = >", "<a ='2'>x", "<a b='", "<a b='x y/ z / '>", "<", "<a", "<a ", "<a b", "</", "</a", "</ a>", "<a/", "<a/x>", "&", "&x", "&x;", "& x;", "&#;", "&#x;", "&#x1F600;", "&#99999999;",
  "a & b &lt c", "<a b='&'/>", "<a b=& c=&amp;x/>", "<?", "<?x", "<?x y?z?>", "<? x?>", "<!", "<!a<b>c", "<!--", "<!-", "<!-- -- -->", "<![CDATA[", "<![CDATA[]]>", "<![CDATA[]]]]>x", "\xEF\xBB\xBF<a/>", "\r\n\r<a\r\nb='1\r\n2'/>\r"]:
  run s
  run s, {reportWhitespace, reportComments}
  run s, {allowUnquotedAttribs, allowEmptyAttribs}
