discard """
  output: '''
2
(has: true, val: 3)(has: false)(has: true, val: "s")
nothing
@[(line: 1, isNum: true, num: 2.5), (line: 2, isNum: false, text: "id!")]
(has: true, val: @[1, 2, 3, 4])
(has: false)
12.0 10.0 0.0
(c: 'b', n: 2)(c: 'g', s: "q")(c: 'z', f: 0.5)
'''
"""
# Variants that are recursive, generic, elements of a seq, over chars and ranges.
# variant: generic, recursive, with destructors
type
  NodeKind = enum nkInt, nkAdd, nkNeg, nkStr
  Node = ref object
    case kind: NodeKind
    of nkInt: intVal: int
    of nkAdd: left, right: Node
    of nkNeg: sub: Node
    of nkStr: strVal: string
  Opt[T] = object
    case has: bool
    of true: val: T
    of false: nil
  Tok = object
    line: int
    case isNum: bool
    of true: num: float
    else: text: string
proc some[T](x: T): Opt[T] = Opt[T](has: true, val: x)
proc none[T](): Opt[T] = Opt[T](has: false)
proc eval(n: Node): int =
  case n.kind
  of nkInt: n.intVal
  of nkAdd: eval(n.left) + eval(n.right)
  of nkNeg: -eval(n.sub)
  of nkStr: n.strVal.len
let t = Node(kind: nkAdd, left: Node(kind: nkInt, intVal: 5), right: Node(kind: nkNeg, sub: Node(kind: nkStr, strVal: "abc")))
echo eval(t)
echo some(3), none[int](), some("s")
try: echo none[string]().val
except FieldDefect: echo "nothing"
var toks: seq[Tok]
toks.add Tok(line: 1, isNum: true, num: 2.5)
toks.add Tok(line: 2, isNum: false, text: "id")
for t in toks.mitems:
  if not t.isNum: t.text.add "!"
echo toks
var o = some(@[1,2,3])
o.val.add 4
echo o
o = none[seq[int]]()
echo o
{.push fieldChecks: off.}
proc unchecked(t: Tok): float = t.num
{.pop.}
discard unchecked(toks[0])
# case on discriminator with value of let
type Shape = object
  case kind: range[0..3]
  of 0: discard
  of 1: r: float
  of 2..3: w, h: float
proc area(s: Shape): float =
  case s.kind
  of 0: 0.0
  of 1: 3.0 * s.r * s.r
  of 2, 3: s.w * s.h
echo area(Shape(kind: 1, r: 2)), " ", area(Shape(kind: 3, w: 2, h: 5)), " ", area(Shape())
type CharV = object
  case c: char
  of 'a'..'f', 'x': n: int
  of 'g': s: string
  else: f: float
echo CharV(c: 'b', n: 2), CharV(c: 'g', s: "q"), CharV(c: 'z', f: 0.5)
