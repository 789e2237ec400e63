type
  Kind* = enum circle, rect, label
  Shape* = object
    name*: string
    case kind*: Kind
    of circle: radius*: float
    of rect: w*, h*: float
    of label: text*: string

var shapes* = @[
  Shape(name: "a", kind: circle, radius: 2.0),
  Shape(name: "b", kind: rect, w: 2.0, h: 3.0),
  Shape(name: "c", kind: label, text: "hello")]

proc describe*(s: Shape): string =
  case s.kind
  of circle: "circle " & $s.radius
  of rect: "rect " & $s.w & "x" & $s.h
  of label: "label " & s.text
