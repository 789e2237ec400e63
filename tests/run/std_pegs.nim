discard """
  output: '''
"\'abc\'" -> "\'abc\'"
"\"a\" \'b\'" -> "(\'a\' \'b\')"
"a b c" -> "(\'a\' \'b\' \'c\')"
"i\'abc\'" -> "i\'abc\'"
"y\'a_b\'" -> "y\'a_b\'"
"v\'x\'" -> "\'x\'"
"x\'y\'" !! "pattern(1, 4) Error: \'y\' is invalid token"
"[a-z]" -> "[a-z]"
"[^a-z]" -> "[^a-z]"
"[]" -> "[]"
"[a\\-z\\]]" -> "[\\-\\]az]"
"[a-]" -> "[\\-a]"
"." -> "."
"_" -> "_"
".*" -> ".*"
"_*" -> ".*"
"\\d+" -> "([0-9] [0-9]*)"
"\\D" -> "[^0-9]"
"\\s*" -> "[\\t-\\c ]*"
"\\S" -> "[^\\t-\\c ]"
"\\w" -> "[0-9A-Z_a-z]"
"\\W" -> "[^0-9A-Z_a-z]"
"\\a" -> "[A-Za-z]"
"\\A" -> "[^A-Za-z]"
"\\ident" -> "([A-Z_a-z] [0-9A-Z_a-z]*)"
"\\n" -> "\\n"
"\\letter" -> "\\letter"
"\\upper\\lower\\title\\white" -> "(\\upper \\lower \\title \\white)"
"\\foo" !! "pattern(1, 4) Error: unknown built-in: foo"
"\'a\' / \'b\' / \'c\'" -> "(\'a\' / \'b\' / \'c\')"
"\'a\'?" -> "\'a\'?"
"\'a\'??" -> "\'a\'?"
"\'ab\'*" -> "\'ab\'*"
"\'a\'+" -> "(\'a\' \'a\'*)"
"(\'a\' / \'b\')*" -> "(\'a\' / \'b\')*"
"&\'a\'" -> "&\'a\'"
"!\'a\'" -> "!\'a\'"
"@\'a\'" -> "@\'a\'"
"{@}\'a\'" -> "{@}\'a\'"
"@@\'a\'" -> "{@}\'a\'"
"{\'a\'}" -> "{\'a\'}"
"{}" -> "{()}"
"{\'a\'} $1" -> "({\'a\'} $0)"
"{\'a\'} $^1" -> "({\'a\'} $-1)"
"i$1 {\'a\'}" !! "pattern(1, 3) Error: invalid back reference index: 1"
"{\'a\'} i$1" -> "({\'a\'} i$0)"
"{\'a\'} y$1" -> "({\'a\'} y$0)"
"$1" !! "pattern(1, 2) Error: invalid back reference index: 1"
"$" -> "!."
"^\'a\'$" -> "(^ \'a\' !.)"
"\\\\" -> "\'\\\\\'"
"\\." -> "\'.\'"
"\'\\n\'" !! "pattern(1, 4) Error: \'n\' is invalid token"
"\'\\x41\\65\\t\\c\\l\\e\\a\\b\\v\\f\'" -> "\'AA\\t\\c\\l\\e\\a\\b\\v\\f\'"
"\'\\q\'" !! "pattern(1, 4) Error: \'q\' is invalid token"
"\'abc" -> "\'abc\'"
"\'a\x0A\'" !! "pattern(1, 2) Error: \'a\' is invalid token"
"" !! "pattern(1, 1) Error: expression expected, but found: [EOF]\x00"
"(" !! "pattern(1, 2) Error: expression expected, but found: [EOF]\x00"
")" !! "pattern(1, 1) Error: expression expected, but found: )"
"(\'a\'" !! "pattern(1, 5) Error: ) expected"
"{\'a\'" !! "pattern(1, 5) Error: } expected"
"\'a\' )" !! "pattern(1, 5) Error: EOF expected, but found: )"
"a <- b" !! "pattern(1, 6) Error: undeclared identifier: b"
"a <- \'x\' b\x0Ab <- \'y\'" -> "(\'x\' b)"
"a <- \'x\'\x0Ab <- \'y\'" !! "pattern(2, 1) Error: unused rule: b"
"a <- \'x\'\x0Aa <- \'y\'" !! "pattern(2, 1) Error: attempt to redefine: a"
"a <- b \'c\' / \'d\' a\x0Ab <- [0-9]+ [a-z]* \'q\' \'r\'? \'s\'" -> "((b \'c\') / (\'d\' a))"
"a <- \'x\' <- y" !! "pattern(1, 11) Error: rule expected, but found: <-"
"# comment\x0A\'a\' # more" -> "\'a\'"
"\\i \'abc\' x" -> "(i\'abc\' i\'x\')"
"\\y \'a_b\'" -> "y\'a_b\'"
"\\skip(\\s*) \'a\' \'b\'" -> "([\\t-\\c ]* \'a\' [\\t-\\c ]* \'b\')"
"~" !! "pattern(1, 1) Error: \'~\' is invalid token"
"<" !! "pattern(1, 0) Error: \'<\' is invalid token"
trueb
key|value
truefalse3true
2-1@["1", "22"]true
(first: 4, last: 5)ba
truetruefalse
var1<-keykey; var2<-key2key2|a#b#|ab
b<b>c
a0:11b1:12
@["this", "is", "an", "example"]@[]@["a", "b", ",c"]
truefalsetruetruefalse
falsetrue3true@["1", "2", "3", "4"]
632133214-1
true('a' 'b' [0-9] [0-9]*)('ab' / 'c' / [x])'ab'?@'x'{@}'x'{([0-9] [0-9]*)}$0!.\nfoo
'a'\x27'b'\x0A\x22'c'
one
two
'a' pkChar
'b' pkChar
{'c'} pkCapture
5(Sum(Product(Value:1)1:1)'+'(Product(Value:1)2'*'(Value:1)3:3):5)0
-1(Sum(Product(Value:-1):-1):-1)
'''
"""
# Patterns as text and as they are written in programs; what they fit, and their mistakes.
import pegs, strutils, unicode
proc tryPeg(s: string) =
  try: echo s.escape, " -> ", ($peg(s)).escape
  except EInvalidPeg as e: echo s.escape, " !! ", e.msg.escape
for s in ["'abc'", "\"a\" 'b'", "a b c", "i'abc'", "y'a_b'", "v'x'", "x'y'", "[a-z]", "[^a-z]", "[]", "[a\\-z\\]]", "[a-]", ".", "_", ".*", "_*", "\\d+", "\\D", "\\s*", "\\S", "\\w", "\\W", "\\a", "\\A", "\\ident", "\\n", "\\letter", "\\upper\\lower\\title\\white", "\\foo",
    "'a' / 'b' / 'c'", "'a'?", "'a'??", "'ab'*", "'a'+", "('a' / 'b')*", "&'a'", "!'a'", "@'a'", "{@}'a'", "@@'a'", "{'a'}", "{}", "{'a'} $1", "{'a'} $^1", "i$1 {'a'}", "{'a'} i$1", "{'a'} y$1", "$1", "$", "^'a'$", "\\\\", "\\.", "'\\n'", "'\\x41\\65\\t\\c\\l\\e\\a\\b\\v\\f'", "'\\q'", "'abc", "'a\n'",
    "", "(", ")", "('a'", "{'a'", "'a' )", "a <- b", "a <- 'x' b\nb <- 'y'", "a <- 'x'\nb <- 'y'", "a <- 'x'\na <- 'y'", "a <- b 'c' / 'd' a\nb <- [0-9]+ [a-z]* 'q' 'r'? 's'", "a <- 'x' <- y", "# comment\n'a' # more", "\\i 'abc' x", "\\y 'a_b'", "\\skip(\\s*) 'a' 'b'", "~", "<"]: tryPeg s
echo "abc" =~ peg"'a' {.} 'c'", matches[0]
if "key = value" =~ peg"""{\ident} \s* '=' \s* {.*}""": echo matches[0], "|", matches[1]
echo match("abc", peg"'ab'"), match("abc", peg"'bc'"), matchLen("abc", peg"\w+"), "abc".match(peg"'b'", 1)
echo find("xxabc", peg"'ab'"), find("abc", peg"'q'"), findAll("a1b22c", peg"\d+"), "a1".contains(peg"\d")
var m: array[MaxSubpatterns, string]
echo findBounds("foo bar", peg"{'b'} {.}", m), m[0], m[1]
echo "abcdef".startsWith(peg"'ab'"), "abcdef".endsWith(peg"'ef'"), "abc".endsWith(peg"'b'")
echo "var1=key; var2=key2".replacef(peg"{\ident}'='{\ident}", "$1<-$2$2"), "|", "a1b2".replace(peg"\d", "#"), "|", "aXbX".replace(peg"'X'")
echo "abc".parallelReplace([(peg"'a'", "b"), (peg"{'b'}", "<$1>")])
proc cb(match: int, cnt: int, caps: openArray[string]): string = $match & ":" & $cnt & caps[0]
echo "a1b2".replace(peg"{\d}", cb)
echo "00232this02939is39an22example111".split(peg"\d+"), "".split(peg"','"), "a,b,,c".split(peg"','")
echo match("abcabc", peg"{'abc'} $1"), match("abcABC", peg"{'abc'} $1"), match("abcABC", peg"{'abc'} i$1"), match("abA_b", peg"{'ab'} y$1"), match("aab", peg"{'a'} {'a'} {} $^1 'b'")
let g = peg"""
expr <- term (('+' / '-') term)*
term <- factor (('*' / '/') factor)*
factor <- {[0-9]+} / '(' expr ')'
"""
echo "x".match(g), match("1+2*(3-4)", g), matchLen("1+2*", g), match("1+2*(3-4)", g, m), m[0 .. 3]
echo matchLen("äöü", peg"\letter+"), matchLen("Äb", peg"\upper \lower"), matchLen("ä", peg"_"), matchLen("ä", peg"."), matchLen("ÄB", peg"i'äb'"), matchLen("a_B", peg"y'ab'"), matchLen("\r\nx", peg"\n"), matchLen("x", peg"!'y' &'x' 'x'"), matchLen("xyz;", peg"@';'"), matchLen("aaa", peg"'a'* 'a'")
echo match("foo_bar", *identChars()), sequence(term("a"), term('b'), +digits()), term("ab") / term('c') / charSet({'x'}), ?term("ab"), !*term("x"), !*\term("x"), capture(natural()), backref(1), endAnchor(), newLine(), nonterminal(newNonTerminal("foo", 1, 2))
echo escapePeg("a'b\n\"c")
for s in findAll("one two", peg"\w+"): echo s
for p in peg"'a' 'b' {'c'}": echo p, " ", p.kind
let arith = peg"""
Expr <- Sum
Sum <- Product (('+' / '-') Product)*
Product <- Value (('*' / '/') Value)*
Value <- [0-9]+ / '(' Expr ')'
"""
var depth = 0
var log = ""
let parse = arith.eventParser:
  pkNonTerminal:
    enter:
      inc depth
      log.add "(" & p.nt.name
    leave:
      dec depth
      log.add ":" & $length & ")"
      if length > 0 and p.nt.name == "Value": log.add s.substr(start, start + length - 1)
  pkChar:
    leave:
      if length == 1: log.add "'" & s[start] & "'"
echo parse("1+2*3"), log, depth
log = ""
echo parse("x"), log
