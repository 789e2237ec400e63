type
  Base* = float
  Speed* = distinct Base
  Pos* = tuple[y, x: float, z: int]
  Num* = int8
