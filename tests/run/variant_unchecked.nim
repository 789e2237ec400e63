discard """
  output: '''
number
(kind: text, s: "abd")
true true
false true true
'''
"""
# Discriminators within `cast(uncheckedAssign)`, and what is asked of types and values without a look at them.
type
  Kind = enum text, number
  Token = object
    case kind: Kind
    of text: s: string
    of number: i: int
  Base = object of RootObj
  Derived = ref object of Base

proc change(x: var Kind) = x = number

var t = Token(kind: text, s: "abc")
{.cast(uncheckedAssign).}:
  change(t.kind)
  echo t.kind
  t.kind = text
  t = Token(kind: t.kind, s: "abd")
echo t

var none: Derived
echo none of Derived, " ", none of Base
proc unset: int {.noinit.} = discard
discard unset()
iterator counted(): int {.closure.} = yield 1
echo unset is "closure", " ", counted is "iterator", " ", (proc () {.closure.} = discard) is "closure"
