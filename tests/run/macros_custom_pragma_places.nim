discard """
  output: '''
var3
true
gg
truetrue
'''
"""
# Such pragmas on variables, enums, and in branches of variants.
import std/macros
template key(s: string) {.pragma.}
template ignore {.pragma.}
type
  P {.key: "person".} = object
    nm {.key: "n".}: string
  E {.key: "en".} = enum one, two
  R = object
    f {.key: "f".}: int
    case k {.ignore.}: bool
    of true: g {.key: "gg".}: int
    else: hh {.ignore.}: int
var v {.key: "var".} = 3
doAssert v.hasCustomPragma(key)
echo v.getCustomPragmaVal(key), v
doAssert E.hasCustomPragma(key)
var r = R(k: true)
echo r.f.hasCustomPragma(key)
echo r.g.getCustomPragmaVal(key)
echo r.hh.hasCustomPragma(ignore), r.k.hasCustomPragma(ignore)
