type
  Vec = object
    x, y: float
    length: float
  Mob = ref MobObj
  MobObj = object
    name: string
    pos: Vec
    next: Mob
    hp: int
    born: int
  OldMob = object
    name: string
var mobs: seq[Mob]
proc migrate(old: OldMob; new: var MobObj) =
  if old.name == "b": raise newException(ValueError, "no")
  new.born = 5
proc show*() = echo mobs.len
