import std/[tables, strutils, strformat, sequtils, algorithm, json]

type
  Node = ref object
    next: Node
    name: string
    parts: seq[string]
  Pair = object
    key: string
    values: seq[seq[int]]
  Shape = ref object of RootObj
  Circle = ref object of Shape
    label: string
  Failure = object of CatchableError

var
  numbers: seq[int]
  names: seq[string]
  text: string
  table: Table[string, seq[int]]
  list: Node
  pair: Pair
  outcome: string

proc fresh*(unused: int) =
  numbers = @[1, 2, 3]
  names = @["one", "two"]
  text = "text " & $numbers.len
  table = initTable[string, seq[int]]()
  table["a"] = @[1]
  list = Node(name: "kept", next: Node(name: "too"))
  pair = Pair(key: "k" & text, values: @[@[1, 2], @[3]])
  outcome = ""
  GC_fullCollect()

proc state*(): string =
  result = &"{numbers} {names} {text} {list.name} {list.next.name} {pair} {outcome}"
  for key in sorted(toSeq(table.keys)): result.add &" {key}: {table[key]}"

iterator counted(n: int): string {.closure.} =
  var words: seq[string]
  for i in 0 ..< n:
    words.add "w" & $i
    yield words.join(",")

proc adder(n: int, name: string): proc (x: int): string =
  var calls = @[n]
  result = proc (x: int): string =
    calls.add x
    name & $calls

proc taking(x: sink seq[string], n: int): proc (): string =
  var sum = n
  result = proc (): string =
    inc sum
    x.join("") & $sum

proc shared(n: int): seq[string] =
  result = @["r" & $n]
  let add = proc (s: string) = result.add s
  add "x" & $n

proc raising(n: int): string =
  try:
    if n > 0: raise newException(Failure, "failed with " & $n)
    result = "fine"
  except Failure as e:
    result = e.msg & "!"
  finally:
    outcome.setLen 0

proc cyclic(n: int) =
  for i in 0 ..< n:
    let a = Node(name: "a" & $i)
    let b = Node(name: "b", next: a)
    a.next = b
    a.parts.add b.name

proc describe(shape: Shape): string =
  if shape of Circle: "circle " & Circle(shape).label else: "shape"

proc steps*(): int = 33

proc run*(step: int) =
  case step
  of 0: numbers.add 4
  of 1: names.add "three" & $numbers.len
  of 2: names.add ["four" & text, "five" & text, "six" & text]
  of 3: names.add names
  of 4: text.add " and more of it, so that it has to grow"
  of 5: text.setLen 100
  of 6: names.setLen 40
  of 7: numbers = newSeq[int](1000)
  of 8: names = names & @["seven"]
  of 9: text = text & "," & text
  of 10: outcome = &"{text:>20}|{numbers.len:5}|{3.25:8.3f}"
  of 11: table["b" & text] = @[1, 2]
  of 12:
    var copy = table
    for i in 0 .. 100: copy[$i] = @[i]
    table = copy
  of 13:
    let copy = pair
    pair = Pair(key: copy.key & "2", values: copy.values & @[@[4]])
  of 14:
    let f = adder(3, "name" & text)
    let g = f
    outcome = f(1) & g(2)
  of 15:
    let it = counted
    var found: seq[string]
    for words in it(4): found.add words
    outcome = found.join(";")
  of 16: outcome = raising(3)
  of 17:
    var copy = Node(name: list.name, next: list.next, parts: @[text, text & "!"])
    copy.name.add " copied"
    copy[].parts.add list[].name
    list = copy
  of 18:
    cyclic(300)
    GC_fullCollect()
  of 19:
    var s = "literal"
    s[0] = 'L'
    outcome = s
  of 20: outcome = names.mapIt(it & "!").filterIt(it.len > 2).join(" ")
  of 21: outcome = $parseJson("""{"a": [1, 2.5, "x"], "b": {"c": null}}""")
  of 22: outcome = taking(@["p" & text, "q"], 1)()
  of 23: outcome = shared(2).join("-")
  of 24: outcome = describe(Circle(label: "round" & text)) & describe(Shape())
  of 25:
    var mine = pair
    mine.values[0].add 9
    pair = Pair(key: mine.key & "x", values: mine.values[0 .. 0] & pair.values)
  of 26:
    var all = names
    all.insert("zero", 0)
    all.del 1
    all.delete 0
    outcome = all.join(" ") & all.pop
  of 27: outcome = "a,b,c".split(',').sorted(Descending).join("").repeat(3).toUpperAscii
  of 28: numbers = numbers.map(proc (x: int): int = x * numbers.len)
  of 29:
    let p = alloc0(100)
    let q = try: realloc(p, 200_000) except OutOfMemDefect: (dealloc p; raise)
    dealloc q
  of 30:
    var copies: array[3, Pair]
    for c in copies.mitems: c = pair
    outcome = copies[2].key
  of 31: outcome = getStackTrace().splitLines()[0]
  of 32:
    try: numbers = newSeq[int](int.high)
    except OutOfMemDefect as e: outcome = e.msg
  else: discard

proc caught*(step: int) =
  try: run(step)
  except OutOfMemDefect as e:
    doAssert e.msg == "out of memory"
