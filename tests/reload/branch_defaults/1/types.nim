type
  Kind* = enum line, rect, empty
  Shape* = object
    case kind*: Kind
    of line: a, b, c, d: int = 5
    of rect:
      width*: int
      height: int
      depth: int = 77
      label: string
    else: discard
