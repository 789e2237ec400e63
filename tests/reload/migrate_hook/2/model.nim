import std/strutils
type
  Vec = object
    x, y: float
    length: float
  OldVec = object
    x, y: int
  Mob = ref MobObj
  MobObj = object
    name: string
    pos: Vec
    next: Mob
    hp: int
  OldMob = object
    hp: string
    pos: OldVec
    next: Mob
var mobs: seq[Mob]
proc migrate(old: OldVec; new: var Vec) =
  new.x = float(old.x)
  new.y = float(old.y)
  new.length = new.x + new.y
proc migrate(old: OldMob; new: var MobObj) =
  new.hp = parseInt(old.hp) + old.pos.x
  echo new.name, " had ", old.hp, " ", old.next.name, " ", new.pos.length
proc show*() =
  for m in mobs: echo m.name, " ", m.pos.x, " ", m.pos.y, " ", m.pos.length, " ", m.hp, " ", m.next.name
