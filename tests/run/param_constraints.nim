discard """
  output: '''
"a" truefalsefalse
x falsetruefalse
v falsetruefalse
c falsetruefalse
f() falsefalsetrue
"a" & x falsefalsetrue
x[0 .. 0] falsefalsetrue
tl() truefalsefalse
tc() falsefalsetrue
("p") truefalsefalse
(x) falsetruefalse
string(x) falsefalsefalse
x.substr(1) falsefalsetrue
r"raw" truefalsefalse
xyzz
ifi
litsany
nono
symsymno
'''
"""
# Constraints of parameters: literals, names and the rest, in overloads that differ in nothing else.
block:
  proc isLit(a: string{lit}): bool = true
  proc isLit(a: string): bool = false
  proc isSym(a: string{sym}): bool = true
  proc isSym(a: string): bool = false
  proc isCall(a: string{call}): bool = true
  proc isCall(a: string): bool = false
  template row(x: untyped) = echo astToStr(x), " ", isLit(x), isSym(x), isCall(x)
  let x = "x"
  var v = "v"
  const c = "c"
  proc f(): string = "f"
  template tl(): string = "lit"
  template tc(): string = f()
  row "a"
  row x
  row v
  row c
  row f()
  row "a" & x
  row x[0..0]
  row tl()
  row tc()
  row ("p")
  row (x)
  row string(x)
  row x.substr(1)
  row r"raw"
block:
  proc z(a: int{lit}; b: int{lit}): string = "x"
  proc z(a: int; b: int{lit}): string = "y"
  proc z(a, b: int): string = "z"
  var i = 3
  echo z(1,2), z(i,2), z(1, i), z(i, i)
  proc k(a: float{lit}): string = "f"
  proc k(a: int): string = "i"
  echo k(1), k(1.0), k(i)
  proc vs(a: varargs[int]{lit}): string = "lits"
  proc vs(a: varargs[int]): string = "any"
  echo vs(1, 2), vs(i, 2)
  template te(a: untyped): string = "u"
  proc l(a: seq[string]{lit}, b = 3): int = b
  proc cb(a: bool{lit}): string = "lit"
  proc cb(a: bool): string = "no"
  echo cb(true), cb(i > 2)
  type E = enum e1, e2
  proc ce(a: E{sym}): string = "sym"
  proc ce(a: E): string = "no"
  var ev = e1
  echo ce(e1), ce(ev), ce(E(1))
