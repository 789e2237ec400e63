discard """
  output: '''
You are in the kitchen.
There is: knife, old bread
  north -> hall
You are in the hall.
  south -> kitchen
? where? up
? dance
no x
? 
@["old bread"] 50
too healthy
{
  "room": "kitchen",
  "bag": [
    "old bread"
  ],
  "hp": 50
}
@["old bread"]50
truetrue
10true
defaulta/b/c.txty.tartrue
some("a")none(string)(data: @[])
@[0, 1, 1, 2, 3, 5, 8, 13, 21, 34]
true
1 minute and 30 seconds abcabc ***Hello***|  x|
@[1, 2, 3]
'''
"""
# text adventure-like simulation
import std/[tables, strutils, sequtils, random, options, strformat, json, times, os, hashes, sets]
type
  Direction = enum north = "north", south = "south", east = "east", west = "west"
  Room = ref object
    name: string
    exits: Table[Direction, Room]
    items: seq[string]
  Player = object
    room: Room
    bag: seq[string]
    hp: range[0 .. 100]
  CommandKind = enum cmdGo, cmdTake, cmdLook, cmdBad
  Command = object
    case kind: CommandKind
    of cmdGo: dir: Direction
    of cmdTake: item: string
    of cmdLook: discard
    of cmdBad: text: string
proc connect(a: Room, d: Direction, b: Room) =
  a.exits[d] = b
  let opposite = case d
    of north: south
    of south: north
    of east: west
    of west: east
  b.exits[opposite] = a
proc parse(line: string): Command =
  let words = line.toLowerAscii.splitWhitespace
  if words.len == 0: return Command(kind: cmdBad, text: line)
  case words[0]
  of "go", "walk":
    try: result = Command(kind: cmdGo, dir: parseEnum[Direction](words[1]))
    except ValueError: result = Command(kind: cmdBad, text: "where? " & words[1])
  of "take": result = Command(kind: cmdTake, item: words[1 .. ^1].join(" "))
  of "look": result = Command(kind: cmdLook)
  else: result = Command(kind: cmdBad, text: line)
proc look(p: Player) =
  echo &"You are in the {p.room.name}."
  if p.room.items.len > 0: echo "There is: ", p.room.items.join(", ")
  for d in Direction:
    if d in p.room.exits: echo &"  {d:<6}-> {p.room.exits[d].name}"
proc run(p: var Player, c: Command) =
  case c.kind
  of cmdGo:
    if c.dir in p.room.exits: p.room = p.room.exits[c.dir]
    else: echo "You cannot go ", c.dir
  of cmdTake:
    let at = p.room.items.find(c.item)
    if at >= 0:
      p.bag.add p.room.items[at]
      p.room.items.delete(at)
    else: echo "no ", c.item
  of cmdLook: p.look
  of cmdBad: echo "? ", c.text
var kitchen = Room(name: "kitchen", items: @["knife", "old bread"])
var hall = Room(name: "hall")
kitchen.connect(north, hall)
var p = Player(room: kitchen, hp: 50)
for line in ["look", "take old bread", "go north", "look", "go up", "dance", "take x", "go south", ""]:
  p.run parse(line)
echo p.bag, " ", p.hp
kitchen.exits.clear
hall.exits.clear
try: p.hp = parseInt("101")
except RangeDefect: echo "too healthy"
let save = %*{"room": p.room.name, "bag": p.bag, "hp": p.hp}
echo save.pretty
let loaded = parseJson($save)
echo loaded["bag"].to(seq[string]), loaded["hp"].getInt
randomize(42)
var r = initRand(7)
echo r.rand(1..6) in 1..6, r.sample([1, 2, 3]) in [1, 2, 3]
var xs = toSeq(1..10)
r.shuffle(xs)
echo xs.len, xs.toHashSet == toSeq(1..10).toHashSet
echo getEnv("NOPE", "default"), "a/b" / "c.txt", splitFile("/x/y.tar.gz").name, hash("a") == hash("a")
type Stack[T] = object
  data: seq[T]
proc push[T](s: var Stack[T], x: T) = s.data.add x
proc pop[T](s: var Stack[T]): Option[T] =
  if s.data.len > 0: some(s.data.pop) else: none(T)
var st: Stack[string]
st.push "a"
echo st.pop, st.pop, st
iterator fib(n: int): int =
  var (a, b) = (0, 1)
  for _ in 0 ..< n:
    yield a
    (a, b) = (b, a + b)
echo toSeq(fib(10))
let t0 = cpuTime()
echo cpuTime() >= t0
echo initDuration(seconds = 90), " ", "abc".repeat(2), " ", "Hello".center(11, '*'), "|", "x".align(3), "|"
echo "1,2,,3".split(',').filterIt(it.len > 0).map(parseInt)
