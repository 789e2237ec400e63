import std/hotcodereloading
type Player = object
  hp: int
var player = Player(hp: 1)

proc hit(p: var Player) =
  performCodeReload()
  p.hp += 1

proc update*() = hit(player)
proc report*() = echo "0: ", player.hp
