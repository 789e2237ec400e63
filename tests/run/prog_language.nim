discard """
  output: '''
1 + 2 * 3 -> 7.0
x = 2 ^ 3 ^ 2 -> 512.0
x / (3 - 3) !! eval at 2: division by zero
y + 1 !! eval at 0: unknown variable y
3 $ 4 !! LexError at 2: unexpected '$'
1 2 !! ParseError at 2: trailing input
(1 !! ParseError at 2: ')' expected
-x + 1 -> -511.0
1.2.3 !! LexError at 0: bad number '1.2.3'
abs(-5) + twice(2) -> 9.0
foo(1) !! eval at 0: unknown function foo
a = b = 4 -> 4.0
a * b -> 16.0
1 = 2 !! ParseError at 2: cannot assign
 !! ParseError at 0: unexpected End
'''
"""
# A tiny expression language: lexer, parser, evaluator with errors and positions.
import strutils, tables
type
  TokenKind = enum tkNum, tkIdent, tkOp, tkLParen, tkRParen, tkEnd
  Token = object
    pos: int
    case kind: TokenKind
    of tkNum: num: float
    of tkIdent, tkOp: text: string
    else: discard
  LangError = object of CatchableError
    pos: int
  LexError = object of LangError
  ParseError = object of LangError
  EvalError = object of LangError
proc fail(T: typedesc, pos: int, msg: string) {.noreturn.} =
  var e = newException(T, msg)
  e.pos = pos
  raise e
proc lex(s: string): seq[Token] =
  var i = 0
  while i < s.len:
    let start = i
    case s[i]
    of ' ', '\t': inc i; continue
    of '0'..'9', '.':
      while i < s.len and s[i] in {'0'..'9', '.'}: inc i
      let text = s[start ..< i]
      try:
        result.add Token(kind: tkNum, pos: start, num: parseFloat(text))
      except ValueError:
        fail(LexError, start, "bad number '" & text & "'")
      continue
    of 'a'..'z', 'A'..'Z':
      while i < s.len and s[i].isAlphaAscii: inc i
      result.add Token(kind: tkIdent, pos: start, text: s[start ..< i])
      continue
    of '+', '-', '*', '/', '^', '=':
      result.add Token(kind: tkOp, pos: start, text: $s[i])
    of '(': result.add Token(kind: tkLParen, pos: start)
    of ')': result.add Token(kind: tkRParen, pos: start)
    else: fail(LexError, i, "unexpected '" & s[i] & "'")
    inc i
  result.add Token(kind: tkEnd, pos: s.len)
type
  NodeKind = enum nkNum, nkVar, nkBin, nkNeg, nkAssign, nkCall
  Node = ref object
    pos: int
    case kind: NodeKind
    of nkNum: value: float
    of nkVar: name: string
    of nkBin:
      op: char
      left, right: Node
    of nkNeg: inner: Node
    of nkAssign:
      target: string
      rhs: Node
    of nkCall:
      fn: string
      arg: Node
  Parser = object
    toks: seq[Token]
    at: int
proc peek(p: Parser): Token = p.toks[p.at]
proc next(p: var Parser): Token =
  result = p.toks[p.at]
  inc p.at
proc isOp(t: Token, ops: set[char]): bool =
  t.kind == tkOp and t.text[0] in ops
proc expr(p: var Parser, level = 0): Node
proc atom(p: var Parser): Node =
  let t = p.next()
  case t.kind
  of tkNum: result = Node(kind: nkNum, pos: t.pos, value: t.num)
  of tkIdent:
    if p.peek.kind == tkLParen:
      discard p.next
      let arg = p.expr()
      if p.next.kind != tkRParen: fail(ParseError, t.pos, "')' expected")
      result = Node(kind: nkCall, pos: t.pos, fn: t.text, arg: arg)
    else:
      result = Node(kind: nkVar, pos: t.pos, name: t.text)
  of tkLParen:
    result = p.expr()
    let close = p.next()
    if close.kind != tkRParen: fail(ParseError, close.pos, "')' expected")
  of tkOp:
    if t.text == "-": result = Node(kind: nkNeg, pos: t.pos, inner: p.expr(3))
    else: fail(ParseError, t.pos, "unexpected operator " & t.text)
  else: fail(ParseError, t.pos, "unexpected " & ($t.kind)[2..^1])
proc expr(p: var Parser, level = 0): Node =
  const levels = [{'='}, {'+', '-'}, {'*', '/'}, {'^'}]
  if level > levels.high: return p.atom()
  result = p.expr(level + 1)
  while p.peek.isOp(levels[level]):
    let op = p.next()
    case op.text[0]
    of '=':
      if result.kind != nkVar: fail(ParseError, op.pos, "cannot assign")
      result = Node(kind: nkAssign, pos: op.pos, target: result.name, rhs: p.expr(level))
    of '^': result = Node(kind: nkBin, pos: op.pos, op: '^', left: result, right: p.expr(level))
    else: result = Node(kind: nkBin, pos: op.pos, op: op.text[0], left: result, right: p.expr(level + 1))
var env = initTable[string, float]()
proc eval(n: Node): float =
  case n.kind
  of nkNum: n.value
  of nkVar:
    if n.name notin env: fail(EvalError, n.pos, "unknown variable " & n.name)
    env[n.name]
  of nkNeg: -eval(n.inner)
  of nkAssign:
    let v = eval(n.rhs)
    env[n.target] = v
    v
  of nkCall:
    let v = eval(n.arg)
    case n.fn
    of "abs": abs(v)
    of "twice": v * 2
    else: fail(EvalError, n.pos, "unknown function " & n.fn)
  of nkBin:
    let (a, b) = (eval(n.left), eval(n.right))
    case n.op
    of '+': a + b
    of '-': a - b
    of '*': a * b
    of '/':
      if b == 0: fail(EvalError, n.pos, "division by zero")
      a / b
    else:
      var r = 1.0
      for _ in 1..int(b): r *= a
      r
for line in ["1 + 2 * 3", "x = 2 ^ 3 ^ 2", "x / (3 - 3)", "y + 1", "3 $ 4", "1 2", "(1", "-x + 1", "1.2.3", "abs(-5) + twice(2)", "foo(1)", "a = b = 4", "a * b", "1 = 2", ""]:
  try:
    var p = Parser(toks: lex(line))
    let tree = p.expr()
    if p.peek.kind != tkEnd: fail(ParseError, p.peek.pos, "trailing input")
    echo line, " -> ", eval(tree)
  except EvalError as e: echo line, " !! eval at ", e.pos, ": ", e.msg
  except LangError as e: echo line, " !! ", e.name, " at ", e.pos, ": ", e.msg
