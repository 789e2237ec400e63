import std/hotcodereloading
type
  Player = object
    hp: int
  Game = ref object
    running: bool
    player: Player
    others: seq[Player]
var game = Game(running: true, player: Player(hp: 10))
var turn = 0

proc hit(p: var Player) =
  performCodeReload()
  p.hp -= 1

proc holds() =
  let copy = game.player
  performCodeReload()
  echo copy.hp

proc works() =
  game.player.hp += 1
  performCodeReload()

proc report() = echo "0: ", game.player.hp

proc loop() =
  if turn >= 0:
    performCodeReload()

proc first() = hit(game.player)

proc update*() =
  turn += 1
  case turn
  of 1: first()
  of 2: holds()
  of 3: works()
  else: loop()
  report()
