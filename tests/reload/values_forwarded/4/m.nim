import std/[tables, hotcodereloading]
type
  Game = object
    c: float
    a, b, d: int
    score: int
  Small = object
    x: int
proc jump(g: var Game) = g.score += 1000
proc size(s: Small): int = s.x + 1000
proc name(g: Game): string = "name 3"
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
afterCodeReload: raise newException(ValueError, "no")
