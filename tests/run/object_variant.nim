discard """
  output: '''
c circle 12.0
s square 6.0
 nothing 0.0
(name: "s", kind: square, w: 2, h: 3)
FieldDefect
27.0 12.0
'''
"""
# Case objects: fields of a branch, checked access, `case` over the kind.
type
  Kind = enum circle, square, nothing
  Shape = object
    name: string
    case kind: Kind
    of circle: radius: float
    of square:
      w, h: int
    of nothing: discard
proc area(s: Shape): float =
  case s.kind
  of circle: s.radius * s.radius * 3
  of square: float(s.w * s.h)
  of nothing: 0
let shapes = [Shape(name: "c", kind: circle, radius: 2), Shape(name: "s", kind: square, w: 2, h: 3), Shape(kind: nothing)]
for s in shapes: echo s.name, " ", s.kind, " ", area(s)
echo shapes[1]
try:
  echo shapes[0].w
except FieldDefect:
  echo "FieldDefect"
var s = shapes[0]
s.radius += 1
echo s.area, " ", shapes[0].area
