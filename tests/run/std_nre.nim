discard """
  output: '''
oo 1 .. 2
trueb
helloworldtruefalse
6 .. 102 hello world
true2(?<first>\w+) (?<second>\w+)
@["1", "22", "333"]@["ä", "ö", "ü"]
@["a", "b", "c"]@["a", "1", "b", "2", "c"]@["a", "b", "c"]@["", "a", "b", ""]@["a", "b c d"]
oof arb 1=x ababab
aBc
truefalsefalse
missing )2
one0 .. 2
two4 .. 6
a.b\*c
truetrue
some("a")
some("b")
none(string)
Group '1' was not captured
-a-b-a-b-
'''
"""
# Regular expressions with named captures.
import std/nre except toSeq
import std/[strutils, tables]
echo "foobar".find(re"o+").get.match, " ", "foobar".find(re"o+").get.matchBounds
echo "abc".match(re"b").isNone, "abc".match(re"a(b)(x)?").get.captures[0]
let m = "hello world".find(re"(?<first>\w+) (?<second>\w+)").get
echo m.captures["first"], m.captures["second"], "first" in m.captures, "zz" in m.captures
echo m.captureBounds["second"], m.captures.toTable.len, " ", $m
echo 0 in m.captures, m.pattern.captureCount, m.pattern.pattern
echo "a1b22c333".findAll(re"\d+"), "äöü".findAll(re"(*UTF8).")
echo "a,b;c".split(re"[,;]"), "a1b2c".split(re"(\d)"), "abc".split(re""), ",a,b,".split(re","), "a b c d".split(re" ", maxSplit = 2)
echo "foo bar".replace(re"(\w)(\w+)", "$2$1"), " ", "x=1".replace(re"(?<k>\w)=(?<v>\d)", "${v}=$k"), " ", "aaa".replace(re"a", proc (s: string): string = s & "b")
echo "abc".replace(re"b", proc (m: RegexMatch): string = m.match.toUpperAscii)
echo "abc".contains(re"c"), "abc".contains(re"^c"), re"x" == re"x"
try: discard re"(a"
except SyntaxError as e: echo e.msg, e.pos
for x in "one two".findIter(re"\w+"): echo x.match, x.matchBounds
echo escapeRe("a.b*c")
echo "Foo".match(re"(?i)foo").isSome, "aXb".find(re"(?i)x").isSome
for c in "ab".match(re"(a)(b)(c)?").get.captures: echo c
try: echo "ab".match(re"(a)(c)?").get.captures[1]
except IndexDefect as e: echo e.msg
echo "abab".replace(re"", "-")
