discard """
  output: '''
done
'''
  disabled: "nim"
"""
# No block is left by strings, seqs, objects, variants, closures, tables, exceptions. The real Nim has no RtLiveBlocks.
import std/tables, std/strutils, std/sequtils
proc liveBlocks(): int {.magic: "RtLiveBlocks".}
type
  Node = ref object
    name: string
    kids: seq[Node]
  Shape = object
    case kind: bool
    of true: s: string
    of false: xs: seq[string]
  Base = ref object of RootObj
    n: string
  Derived = ref object of Base
    m: seq[int]
proc build(d: int): Node =
  result = Node(name: "n" & $d)
  if d > 0:
    for i in 0..<2: result.kids.add build(d-1)
proc count(n: Node): int =
  result = 1
  for k in n.kids: result += count(k)
proc fail(n: int): string =
  result = "half" & $n
  if n mod 2 == 0: raise newException(ValueError, "bad " & $n)
proc strings =
  var a = "x" & $1
  var b = a
  b.add "yy"
  a = b & a
  doAssert a == "x1yyx1"
  var s = @[a, b, "lit"]
  var t = s
  t[0] = "changed" & $t.len
  s.add t
  swap(s, t)
  discard s.pop
  doAssert s.len == 2
proc errors =
  var got = 0
  for i in 0..5:
    try:
      let s = @[fail(1), fail(i), fail(3)]
      got += s.len
    except ValueError as e:
      got += e.msg.len
    finally:
      got += 1
proc nested: string =
  try:
    try:
      result = fail(1)
      discard fail(2)
    except ValueError:
      raise newException(IOError, getCurrentExceptionMsg() & "!")
  except IOError as e:
    return e.msg
proc variants =
  var x = Shape(kind: true, s: "a" & $1)
  var y = x
  y = Shape(kind: false, xs: @["p" & $2, "q"])
  x = y
  {.cast(uncheckedAssign).}:
    x.kind = true
  x.s = "z" & $3
proc objs =
  var b: Base = Derived(n: "n" & $1, m: @[1,2])
  if b of Derived: Derived(b).m.add 3
  var all: seq[Base]
  all.add b
  all.add Base(n: "base" & $2)
  b = nil
proc closures =
  var fs: seq[proc(): string]
  for i in 0..3:
    let s = "c" & $i
    fs.add(proc(): string = s & "!")
  var t = ""
  for f in fs: t.add f()
proc tabs =
  var t: Table[string, seq[int]]
  for i in 0..20: t.mgetOrPut("k" & $(i mod 5), @[]).add i
  for k, v in t: doAssert v.len >= 4
  t.del "k1"
  let u = t
  doAssert u.len == 4
proc split2 =
  let parts = "a,b,c".split(',')
  let m = parts.mapIt(it & "x")
  doAssert m.join("-") == "ax-bx-cx"
iterator gen(n: int): string =
  for i in 0..<n: yield "g" & $i
proc iters: int =
  for s in gen(5):
    if s == "g3": break
    if s == "g1": continue
    result += s.len
proc tup(): (string, seq[string]) = ("a" & $1, @["b" & $2])
proc tuples =
  let (a, b) = tup()
  var t = (x: a, y: b)
  let u = t
  t.x.add "more"
  doAssert u.x == "a1"
proc sinks(s: sink seq[string]): seq[string] =
  s.add "q" & $s.len
  s
proc moves =
  var s = @["a" & $1]
  s = sinks(s)
  let r = sinks(sinks(s))
  doAssert r.len == 4
proc cond(b: bool): string =
  let x = if b: "y" & $b else: "n"
  case x
  of "ytrue": result = x
  else: result = x & x
proc caseOf(n: int): seq[string] =
  result = case n
    of 0: @[$n]
    of 1: @[$n, "x" & $n]
    else: @[]
proc run =
  discard count(build(5))
  strings()
  errors()
  doAssert nested() == "bad 2!"
  variants()
  objs()
  closures()
  tabs()
  split2()
  doAssert iters() == 4
  tuples()
  moves()
  discard cond(true) & cond(false)
  for i in 0..2: discard caseOf(i).len
template check(name: string, body: untyped) =
  block:
    body
    let before = liveBlocks()
    for i in 0..9: body
    let after = liveBlocks()
    if after != before: echo name, " leaks ", after - before
check "count": discard count(build(5))
check "strings": strings()
check "errors": errors()
check "nested": discard nested()
check "variants": variants()
check "objs": objs()
check "closures": closures()
check "tabs": tabs()
check "split": split2()
check "iters": discard iters()
check "tuples": tuples()
check "moves": moves()
check "cond": discard cond(true) & cond(false)
check "case":
  for i in 0..2: discard caseOf(i).len
run()
echo "done"
