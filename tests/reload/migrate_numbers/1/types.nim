type
  Base* = int
  Speed* = distinct Base
  Pos* = tuple[y, x: int]
  Num* = int64
