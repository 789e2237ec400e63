type
  Base* = float
  Speed* = distinct Base
  Pos* = tuple[y, x: int, z: int]
  Num* = int64
