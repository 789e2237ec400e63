discard """
  output: '''
3123116-70000
51500.04-inf20.50
4255553153255
5
foo_1b
4303
322
2
ab
6
Hello 
3
123
bq
242209223372036854775807
Parsed integer outside of valid range
20-9223372036854775808
ikStr:  
ikVar:this
ikStr: is 
ikExpr:an  example
ikStr:  
ikDollar:$
'''
"""
import parseutils
var x: int
var f: float
var s: string
var u: uint
echo parseInt("123abc", x), x, parseInt("a1", x, 1), x, parseInt("-7_000", x), x, parseInt("x", x)
echo parseFloat("1.5e3x", f), f, parseFloat("-inf", f), f, parseFloat(".5", f), f, parseFloat("abc", f)
echo parseHex("0xFFz", x), x, parseBin("0b101", x), x, parseOct("017", x), x, parseHex("#ff", x), x
echo parseIdent("foo_1 bar", s)
echo s, parseIdent("1x"), parseIdent("a b", 2)
echo skipWhitespace("  \t x"), skip("foobar", "foo"), skip("foo", "bar"), skipIgnoreCase("FOObar", "foo")
echo skipUntil("abc;d", ';'), skipUntil("abc", {'c'}), skipWhile("aab", {'a'})
echo parseUntil("ab,c", s, ',')
echo s
echo parseUntil("Hello World", s, "Wor")
echo s
echo parseWhile("123a", s, {'0'..'9'})
echo s
echo captureBetween("a(b)c", '(', ')'), captureBetween("'q' r", '\'')
echo parseUInt("42", u), u, parseSaturatedNatural("99999999999999999999", x), x
try: discard parseInt("99999999999999999999", x)
except ValueError as e: echo e.msg
var b: BiggestInt
echo parseBiggestInt("-9223372036854775808", b), b
for kind, value in interpolatedFragments("  $this is ${an  example}  $$"): echo kind, ":", value
