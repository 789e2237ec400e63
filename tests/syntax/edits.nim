## Statements of many kinds, for random edits.
import std/[os, strutils]

type
  Shape* = object of RootObj
    name*: string
    case kind: Kind
    of circle: radius: float
    else: discard

  Kind = enum circle, square

## A comment of its own.
const
  one = 1 # one
  two = 0x2'u8

when defined(foo):
  echo """a
  b""", 'c', r"d"
elif one == 1:
  discard
else: discard

proc area(s: Shape): float {.inline.} =
  ## doc
  case s.kind
  of circle: s.radius * s.radius * 3.14
  else:
    0.0

#[ block
   comment ]#
var total = 0; var other = 1
for i, x in [1, 2, 3]:
  total += x *
    2
type Alias = distinct int
foo bar:
  baz
do (x: int):
  echo x
echo total
  .string
try: echo 1
except: discard
finally: echo 2
