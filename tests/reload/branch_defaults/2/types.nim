type
  Kind* = enum line, rect, empty
  Shape* = object
    case kind*: Kind
    of line: a, b, c, d: int = 5
    of rect, empty:
      width*: int
      height: int
      depth: int = 78
      case known: bool
      of true: label: string = "x"
      of false: other: string = "y"
