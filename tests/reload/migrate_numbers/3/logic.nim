type
  Speed* = distinct float
  Pos* = tuple[y, x: float, z: int]
  Num* = float
  Names* = seq[string]
var
  speed* = Speed(3.0)
  pos*: Pos
  num*: seq[Num]
  names*: Names
proc setup*() =
  pos.x = 4
  pos.y = 6
  num = @[Num(1), Num(2)]
  names.add "one"
proc show*() = echo float(speed), " ", pos, " ", num, " ", names
