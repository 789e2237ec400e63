type
  Speed* = distinct int
  Pos* = tuple[y, x: int]
  Num* = int64
  Names* = seq[string]
var
  speed* = Speed(3)
  pos*: Pos
  num*: seq[Num]
  names*: Names
proc setup*() =
  pos.x = 4
  pos.y = 6
  num = @[Num(1), Num(2)]
  names.add "one"
proc show*() = echo int(speed), " ", pos, " ", num, " ", names
