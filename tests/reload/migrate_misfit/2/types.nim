type
  Mob* = object
    hp*: array[2, int]
  OldMob = object
    hp: int
proc migrate(old: OldMob; new: var Mob) = new.hp[0] = old.hp
