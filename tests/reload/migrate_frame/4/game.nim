import std/hotcodereloading
type
  Player = object
    hp: int
    mp: int
  Game = ref object
    running: bool
    player: Player
    others: seq[Player]
var game = Game(running: true, player: Player(hp: 10))
var turn = 0

proc hit(p: var Player) = discard
proc holds() = discard
proc works() = discard
proc report() = echo "4: ", game.player.hp, " ", game.player.mp

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
