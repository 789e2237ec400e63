discard """
  output: '''
m1(1 + 2)
(12, 4)
[0, 4, 8]
nskProc pp
nskModule macros_facts
truefalse
3
3q6
int untyped typeDesc[seq[int]] addr
'''
"""
# What macros ask of symbols and types; `static` parameters of macros.
import std/macros
macro m1(x: untyped): untyped =
  result = newLit(repr(callsite()))
echo m1(1 + 2)
macro sz(x: typed): untyped = newLit((getSize(x), getAlign(x)))
type O = object
  a: int8
  b: int32
  c: int16
echo sz(O)
macro offs(t: typedesc): untyped =
  result = newNimNode(nnkBracket)
  let impl = t.getTypeInst[1].getTypeImpl
  for f in impl[2]: result.add newLit(getOffset(f[0]))
echo offs(O)
macro own(x: typed): untyped = newLit(x.owner.symKind.`$` & " " & x.owner.strVal)
proc pp() =
  var loc = 1
  echo own(loc)
pp()
var glob = 1
echo own(glob)
macro hsh(a, b: typed): untyped =
  newLit(signatureHash(a) == signatureHash(b))
proc q1(x: int) = discard
proc q2(x: string) = discard
echo hsh(q1, q1), hsh(q1, q2)
macro stat[N: static int](a: array[N, int]): untyped = newLit(N)
echo stat([1, 2, 3])
macro stat2(n: static int, s: static string, xs: static seq[int]): untyped =
  var t = 0
  for x in xs: t += x
  newLit($n & s & $t)
echo stat2(3, "q", @[1, 2, 3])

macro namedTypes(): untyped =
  newLit(getType(int).repr & " " & getType(untyped).repr & " " & getTypeInst(seq[int]).repr & " " & $bindSym"addr")
echo namedTypes()
