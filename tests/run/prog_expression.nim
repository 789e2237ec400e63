discard """
  output: '''

[Suite] calculator
  [OK] arithmetic
  [OK] variables
  [OK] errors
@[0, 3, 1, 4]
a3 c1 m4 x2 
@[30, 30, 30]
5!
[[0, 0, 0], [0, 1, 2], [0, 2, 4]] 4 @[0, 3, 6]
@["fig", "pear", "apple"]true
'''
"""
# interpreter for a small language, and data structures
import std/[strutils, tables, sequtils, algorithm, unittest, strformat, math, sugar, heapqueue]
type
  TokenKind = enum tkNum, tkOp, tkLParen, tkRParen, tkName, tkEnd
  Token = object
    kind: TokenKind
    text: string
  Node = ref object
    case leaf: bool
    of true: value: float
    of false:
      op: char
      left, right: Node
  ParseError = object of CatchableError
iterator tokens(s: string): Token =
  var i = 0
  while i < s.len:
    case s[i]
    of Whitespace: inc i
    of Digits, '.':
      let start = i
      while i < s.len and s[i] in Digits + {'.'}: inc i
      yield Token(kind: tkNum, text: s[start ..< i])
    of '+', '-', '*', '/', '^':
      yield Token(kind: tkOp, text: $s[i])
      inc i
    of '(', ')':
      yield Token(kind: (if s[i] == '(': tkLParen else: tkRParen), text: $s[i])
      inc i
    of Letters:
      let start = i
      while i < s.len and s[i] in IdentChars: inc i
      yield Token(kind: tkName, text: s[start ..< i])
    else: raise newException(ParseError, &"bad char {s[i]} at {i}")
  yield Token(kind: tkEnd)
type Parser = object
  toks: seq[Token]
  pos: int
  vars: TableRef[string, float]
proc peek(p: Parser): Token = p.toks[p.pos]
proc next(p: var Parser): Token =
  result = p.toks[p.pos]
  inc p.pos
proc expr(p: var Parser, minPrec = 0): Node
proc atom(p: var Parser): Node =
  let t = p.next
  case t.kind
  of tkNum: Node(leaf: true, value: parseFloat(t.text))
  of tkName:
    if t.text notin p.vars: raise newException(ParseError, "unknown " & t.text)
    Node(leaf: true, value: p.vars[t.text])
  of tkLParen:
    let e = p.expr
    if p.next.kind != tkRParen: raise newException(ParseError, "missing )")
    e
  of tkOp:
    if t.text == "-": Node(leaf: false, op: '-', left: Node(leaf: true, value: 0), right: p.atom)
    else: raise newException(ParseError, "unexpected " & t.text)
  else: raise newException(ParseError, "unexpected " & $t.kind)
const prec = {'+': 1, '-': 1, '*': 2, '/': 2, '^': 3}.toTable
proc expr(p: var Parser, minPrec = 0): Node =
  result = p.atom
  while p.peek.kind == tkOp and prec[p.peek.text[0]] > minPrec:
    let op = p.next.text[0]
    result = Node(leaf: false, op: op, left: result, right: p.expr(prec[op] - ord(op == '^')))
proc eval(n: Node): float =
  if n.leaf: return n.value
  let (a, b) = (n.left.eval, n.right.eval)
  case n.op
  of '+': a + b
  of '-': a - b
  of '*': a * b
  of '/': a / b
  of '^': pow(a, b)
  else: raise newException(ParseError, "op")
proc calc(s: string, vars: openArray[(string, float)] = []): float =
  var p = Parser(toks: toSeq(tokens(s)), vars: newTable(vars))
  let n = p.expr
  if p.peek.kind != tkEnd: raise newException(ParseError, "trailing " & p.peek.text)
  n.eval
suite "calculator":
  test "arithmetic":
    check calc("1 + 2 * 3") == 7.0
    check calc("(1 + 2) * 3") == 9
    check calc("2 ^ 3 ^ 2") == 512
    check calc("-3 + 10 / 4") == -0.5
  test "variables":
    check calc("x * x", {"x": 4.0}) == 16
  test "errors":
    expect ParseError: discard calc("1 +")
    expect ParseError: discard calc("1 $ 2")
    for bad in ["(1", "1)", "y"]:
      expect(ParseError):
        discard calc(bad)
# dijkstra
type Edge = tuple[to, cost: int]
proc dijkstra(g: seq[seq[Edge]], start: int): seq[int] =
  result = newSeqWith(g.len, int.high)
  result[start] = 0
  var q = initHeapQueue[(int, int)]()
  q.push (0, start)
  while q.len > 0:
    let (d, u) = q.pop
    if d > result[u]: continue
    for e in g[u]:
      let nd = d + e.cost
      if nd < result[e.to]:
        result[e.to] = nd
        q.push (nd, e.to)
let g = @[@[(1, 4), (2, 1)], @[(3, 1)], @[(1, 2), (3, 5)], @[]].mapIt(it.mapIt((to: it[0], cost: it[1])))
echo dijkstra(g, 0)
# binary tree generic
type Tree[K, V] = ref object
  key: K
  val: V
  l, r: Tree[K, V]
proc insert[K, V](t: var Tree[K, V], k: K, v: V) =
  if t == nil: t = Tree[K, V](key: k, val: v)
  elif k < t.key: t.l.insert(k, v)
  elif k > t.key: t.r.insert(k, v)
  else: t.val = v
iterator pairs[K, V](t: Tree[K, V]): (K, V) =
  var stack: seq[Tree[K, V]]
  var cur = t
  while cur != nil or stack.len > 0:
    while cur != nil:
      stack.add cur
      cur = cur.l
    cur = stack.pop
    yield (cur.key, cur.val)
    cur = cur.r
var tree: Tree[string, int]
for i, w in ["m", "c", "x", "a", "m"]: tree.insert(w, i)
for k, v in tree: stdout.write k, v, " "
echo ""
let fs = collect(for i in 1..3: (let j = i; (x: int) => x * j))
echo fs.mapIt(it(10))
proc compose[A, B, C](f: A -> B, g: B -> C): A -> C = (x: A) => g(f(x))
echo compose((x: int) => x + 1, (x: int) => $x & "!")(4)
var m: array[3, array[3, int]]
for i in 0..2:
  for j in 0..2: m[i][j] = i * j
echo m, " ", m[2].max, " ", m.mapIt(it.sum)
echo sorted(@["pear", "fig", "apple"], (a, b) => cmp(a.len, b.len)), ["b", "a"].sorted.isSorted
