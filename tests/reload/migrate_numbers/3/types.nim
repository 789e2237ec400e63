type
  Base* = float
  Speed* = distinct Base
  Pos* = tuple[y, x: float, z: int]
  Num* = float
