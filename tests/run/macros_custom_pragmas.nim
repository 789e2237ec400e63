discard """
  output: '''
person
(a: 1, b: 9)
qa
proc
nm=x
key n
skip age
h=0.0
person
'''
"""
# Pragmas that are templates, as macros find them on types, fields, routines, and in loops over fields.
import std/macros
template key(s: string) {.pragma.}
template ignore {.pragma.}
template range2(a: int, b: int) {.pragma.}
type
  P {.key: "person".} = object
    nm {.key: "n".}: string
    age {.ignore, range2(1, 9).}: int
    h*: float
  Q {.ignore.} = ref object
    a {.key: "qa".}: int
doAssert P.hasCustomPragma(key)
doAssert not P.hasCustomPragma(ignore)
echo P.getCustomPragmaVal(key)
var p = P(nm: "x", age: 4)
doAssert p.age.hasCustomPragma(ignore)
doAssert not p.h.hasCustomPragma(ignore)
doAssert not p.nm.hasCustomPragma(ignore)
echo p.age.getCustomPragmaVal(range2)
doAssert Q.hasCustomPragma(ignore)
var q = Q(a: 1)
echo q.a.getCustomPragmaVal(key)
proc f() {.key: "proc".} = discard
doAssert f.hasCustomPragma(key)
echo f.getCustomPragmaVal(key)
for name, val in fieldPairs(p):
  when val.hasCustomPragma(ignore): echo "skip ", name
  else: echo name, "=", val
  when val.hasCustomPragma(key): echo "key ", val.getCustomPragmaVal(key)
proc gen[T](x: T): string =
  when T.hasCustomPragma(key): T.getCustomPragmaVal(key)
  else: "none"
echo gen(p)
