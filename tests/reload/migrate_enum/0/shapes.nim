type
  Kind = enum circle, square, text
  Shape = object
    id: int
    case kind: Kind
    of circle: radius: float
    of square: side: int
    of text: words: seq[string]

var
  shapes = @[Shape(id: 1, kind: circle, radius: 1.5), Shape(id: 2, kind: square, side: 3),
             Shape(id: 3, kind: text, words: @["a", "b"])]
  seen = {circle, text}
  counts = [circle: 10, square: 20, text: 30]
  current = text

proc show*() =
  for s in shapes:
    case s.kind
    of circle: echo s.id, " circle ", s.radius
    of square: echo s.id, " square ", s.side
    of text: echo s.id, " text ", s.words
  echo seen, " ", counts[text], " ", current, " ", ord(current)
