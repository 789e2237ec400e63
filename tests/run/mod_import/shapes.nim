# Imported: only what has a `*` is seen.
type Rect* = object
  w*, h*: int
  secret: int
const unit* = Rect(w: 1, h: 1, secret: 5)
var counter*: int = 10
proc area*(r: Rect): int = r.w * r.h
proc current*(): int = counter
proc hidden(): int = 1
doAssert hidden() == 1
