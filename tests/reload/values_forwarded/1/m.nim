import std/[tables, hotcodereloading]
type
  Game = object
    a, b: int
    score: int
  Small = object
    x: int
    y, z, w: int
proc jump(g: var Game) = g.score += 10
proc size(s: Small): int = s.x + 10
proc name(g: Game): string = "name 1"
var
  game = Game(score: 1)
  actions = {"jump": jump}.toTable
  measure: proc (s: Small): int {.nimcall.} = size
  say: proc (g: Game): string {.nimcall.}
proc call*() =
  try: actions["jump"](game)
  except ReloadError as e: echo e.msg
  try: echo game, measure(Small(x: 3)), " ", say(game)
  except ReloadError as e: echo e.msg
proc show*() = call()
afterCodeReload:
  echo "after"
  call()
