import std/[tables, hotcodereloading]
type
  Game = object
    c: float
    a, b: int
    score: int
  Small = object
    x: int
proc jump(g: var Game) = g.score += 100
proc size(s: Small): int = s.x + 100
proc name(g: Game): string = "name 2"
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
var more = (call(); 1)
afterCodeReload:
  echo "after"
  call()
