type
  Base* = int
  Speed* = distinct Base
  Pos* = tuple[x, y: int]
  Num* = int16
