type
  Kind = enum nothing, text, line, square, circle
  Shape = object
    case kind: Kind
    of text:
      words: seq[string]
      size: int
    of circle: radius: float
    of square, line: side: int
    of nothing: discard
    id: int

var
  shapes: seq[Shape]
  seen: set[Kind]
  counts: array[Kind, int]
  current: Kind

proc show*() =
  for s in shapes:
    case s.kind
    of circle: echo s.id, " circle ", s.radius
    of square, line: echo s.id, " square ", s.side
    of text: echo s.id, " text ", s.words, " ", s.size
    of nothing: echo s.id
  echo seen, " ", counts, " ", current, " ", ord(current)
