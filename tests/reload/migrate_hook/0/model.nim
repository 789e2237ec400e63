type
  Vec = object
    x, y: int
  Mob = ref MobObj
  MobObj = object
    name: string
    pos: Vec
    next: Mob
    hp: string
var mobs = @[Mob(name: "a", pos: Vec(x: 1, y: 2), hp: "10"), Mob(name: "b", pos: Vec(x: 3, y: 4), hp: "20")]
mobs[0].next = mobs[1]
mobs[1].next = mobs[0]
proc show*() =
  for m in mobs: echo m.name, " ", m.pos.x, " ", m.pos.y, " ", m.hp, " ", m.next.name
