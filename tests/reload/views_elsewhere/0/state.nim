type
  Player = object
    hp: int
  World = object
    score: int
    numbers: seq[int]
    texts: seq[string]
    players: seq[Player]
var world = World(score: 1, numbers: @[1, 2, 3], texts: @["a text that is long"], players: @[Player(hp: 1)])
proc score*(): var int = world.score
proc numbers*(): var seq[int] = world.numbers
proc texts*(): lent seq[string] = world.texts
proc show*() = echo world.score, " ", world.numbers, " ", world.texts, " ", world.players.len
