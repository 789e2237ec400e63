type
  Kind = enum nothing, text, line, square
  Shape = object
    case kind: Kind
    of text:
      words: seq[string]
      size: int
    of square, line: side: int
    of nothing: discard
    id: int

var
  shapes: seq[Shape]
  seen: set[Kind]
  counts: array[Kind, int]
  current: Kind

proc show*() = echo shapes.len
