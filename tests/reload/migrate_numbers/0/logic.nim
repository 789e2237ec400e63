import types
var
  speed* = Speed(Base(3))
  pos*: Pos
  num*: seq[Num]
  names*: seq[string]
proc setup*() =
  pos.x = 4
  pos.y = 6
  num = @[Num(1), Num(2)]
  names.add "one"
proc show*() = echo Base(speed), " ", pos, " ", num, " ", names
