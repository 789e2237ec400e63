discard """
  output: '''
truefalse2false
key value
0["a", "1"]
@["1", "22", "333"]@["x", "y", "z"]@["a", "b", "c"]
f0 barsmith john
true(first: 1, last: 2)3
a\x2Eb\x2Actruetrue
one
two
1b3
regex error
@["1", "2"]
falsetrue
@[]@["a", "b", ""]
@["", "axbx"]
'''
"""
import re
echo "hello world".match(re"hel+o"), "xhello".match(re"hello"), "abc".find(re"c"), "abc".contains(re"[x-z]")
if "key=value" =~ re"(\w+)=(\w+)":
  echo matches[0], " ", matches[1]
var m: array[2, string]
echo "a1b2".find(re"(\w)(\d)", m), m
echo findAll("a1b22c333", re"\d+"), "x,y;z".split(re"[,;]"), "a  b c".split(re"\s+")
echo "foo bar".replace(re"o+", "0"), "john smith".replacef(re"(\w+) (\w+)", "$2 $1")
echo "Hello".match(re("hello", {reIgnoreCase})), findBounds("abcd", re"bc"), matchLen("aaab", re"a*")
echo escapeRe("a.b*c"), "abc".startsWith(re"a"), "abc".endsWith(re"bc")
for x in findAll("one two", re"\w+"): echo x
echo "abc".multiReplace([(re"a", "1"), (re"c", "3")])
try: discard re"(unclosed"
except RegexError: echo "regex error"
case "12"
of "": discard
else:
  if "12" =~ re"(\d)(\d)": echo matches[0..1]
echo rex"a b c".isNil, "abc".contains(rex"a b c")
echo "".split(re","), "a,b,".split(re",")
echo "xaxbx".split(re"x", 1)
