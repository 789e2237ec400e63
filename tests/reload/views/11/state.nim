import std/tables
type
  Player = object
    hp: int
    a0: int
    a1: int
    a2: int
    a3: int
    a4: int
    a5: int
    a6: int
    a7: int
    a8: int
    a9: int
    a10: int
  Inner = object
    score: int
    kids: seq[Player]
  World = object
    b0: int
    b1: int
    b2: int
    b3: int
    b4: int
    b5: int
    b6: int
    b7: int
    b8: int
    b9: int
    b10: int
    score: int
    numbers: seq[int]
    title: string
  Game = ref object
    score: int
    players: seq[Player]
var
  world = World(numbers: @[1, 2, 3], title: "a title that is long")
  game = Game(players: @[Player(hp: 1)])
  table = {"a": Inner(score: 1), "b": Inner(score: 2)}.toTable
  fixed* = "fixed"
proc score*(): var int = world.score
proc inGame*(): var int = game.score
proc inTable*(key: string): var int = table[key].score
proc numbers*(): var seq[int] = world.numbers
proc title*(): lent string = world.title
proc show*() = echo world.score, " ", world.numbers, " ", game.score, " ", table["a"].score
