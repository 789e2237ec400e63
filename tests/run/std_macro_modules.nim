discard """
  output: '''
0
0
43
0 3
some(4) none(int)
truetrue0-1
äö2
bcher-kvabücherihqwcrb4cv8a8dqg056pqjyePročprostěnemluvíčesky
8
4
7
32
'''
"""
# Chains through nil, trees from code, what macros keep; texts in other encodings.
import std/[wrapnils, cstrutils, encodings, punycode, options, macros, genasts, macrocache]
type Foo = ref object
  x: int
  next: Foo
  s: string
var f: Foo
echo ?.f.x
echo ?.f.next.next.x
f = Foo(x: 3, s: "abc", next: Foo(x: 4))
echo ?.f.next.x, ?.f.x
echo (?.f.next.s).len, " ", ?.f.s.len
echo ??.f.next.x, " ", ??.f.next.next.x
echo startsWith(cstring"hello", cstring"he"), endsWith(cstring"hello", cstring"lo"), cmpIgnoreStyle(cstring"foo_bar", cstring"fooBar"), cmpIgnoreCase(cstring"ab", cstring"AC")
echo convert("\xe4\xf6", "UTF-8", "ISO-8859-1"), convert("äö", "ISO-8859-1", "UTF-8").len
echo encode("bücher"), decode("bcher-kva"), encode("他们为什么不说中文"), decode(encode("Pročprostěnemluvíčesky"))
macro mk(a: int): untyped =
  let v = 5
  result = genAst(v, b = a, name = ident"zz"):
    let name = v + b
    name
block:
  echo mk(3)
const c = CacheCounter"cc"
static: inc c
static: inc c, 3
macro cnt(): untyped = newLit(c.value)
echo cnt()
const tab = CacheTable"tt"
static: tab["a"] = newLit(7)
macro getA(): untyped = tab["a"]
echo getA()
const sq = CacheSeq"s"
static:
  sq.add newLit(1)
  sq.add newLit(2)
macro sumAll(): untyped =
  var n = 0
  for x in sq: n += x.intVal.int
  newLit(n * 10 + sq.len)
echo sumAll()
