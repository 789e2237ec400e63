discard """
  output: '''
Opened Closed Locked Locked Closed 
<h1>T</h1><ul><li>a</li><li>3</li></ul>
woof8
6765
7
121
docd
ababab
(port: 80, host: "h")
in tpl
qux baz + bar foo
[0, 0]
true
'''
"""
# Macros that build statements from a notation of their own.
import std/[macros, tables, strutils]
# state machine & builder macros
macro stateMachine(name: untyped, body: untyped): untyped =
  let enumName = ident($name & "State")
  var states: seq[NimNode]
  var trans = newNimNode(nnkCaseStmt).add(ident"s")
  for st in body:
    expectKind st, nnkCall
    let from0 = st[0]
    states.add from0
    var inner = newNimNode(nnkCaseStmt).add(ident"ev")
    for ev in st[1]:
      expectKind ev, nnkInfix
      inner.add newTree(nnkOfBranch, ev[1].toStrLit, newStmtList(newTree(nnkReturnStmt, ev[2])))
    inner.add newTree(nnkElse, newStmtList(newTree(nnkReturnStmt, ident"s")))
    trans.add newTree(nnkOfBranch, from0, newStmtList(inner))
  result = newStmtList()
  result.add newEnum(enumName, states, false, false)
  let nx = ident("next" & $name)
  result.add newProc(nx, [enumName, newIdentDefs(ident"s", enumName), newIdentDefs(ident"ev", ident"string")], newStmtList(trans))
stateMachine Door:
  Closed:
    open -> Opened
    lock -> Locked
  Opened:
    close -> Closed
  Locked:
    unlock -> Closed
var s = Closed
for e in ["open", "close", "lock", "open", "unlock"]:
  s = nextDoor(s, e)
  stdout.write s, " "
echo ""
macro html(body: untyped): string =
  proc build(n: NimNode): NimNode =
    case n.kind
    of nnkStmtList:
      result = newLit("")
      for c in n: result = infix(result, "&", build(c))
    of nnkCall:
      let tag = $n[0]
      result = infix(infix(newLit("<" & tag & ">"), "&", build(n[^1])), "&", newLit("</" & tag & ">"))
    of nnkStrLit: result = n
    else: result = prefix(n, "$")
  build(body)
let title = "T"
echo html do:
  h1: title
  ul:
    li: "a"
    li: 1 + 2
macro switch(x: typed, branches: varargs[untyped]): untyped =
  result = newTree(nnkCaseStmt, x)
  for b in branches:
    case b.kind
    of nnkOfBranch, nnkElse: result.add b
    else: error("bad", b)
macro vtable(T: typedesc, procs: untyped): untyped =
  var rec = newNimNode(nnkRecList)
  for p in procs:
    let ty = newTree(nnkProcTy, p.params, newTree(nnkPragma, ident"closure"))
    rec.add newIdentDefs(p.name, ty)
  let nm = ident($T & "VT")
  result = newTree(nnkTypeSection, newTree(nnkTypeDef, nm, newEmptyNode(), newTree(nnkObjectTy, newEmptyNode(), newEmptyNode(), rec)))
type Animal = object
vtable(Animal):
  proc speak(): string
  proc legs(n: int): int
let vt = AnimalVT(speak: proc(): string = "woof", legs: proc(n: int): int = n * 4)
echo vt.speak(), vt.legs(2)
macro memo(p: untyped): untyped =
  let name = p.name
  let cache = genSym(nskVar, "cache")
  let arg = p.params[1][0]
  let body = p.body
  let inner = genSym(nskProc, "inner")
  p.body = quote do:
    if `arg` in `cache`: return `cache`[`arg`]
    proc `inner`(): int = `body`
    result = `inner`()
    `cache`[`arg`] = result
  result = newStmtList(quote do: (var `cache`: Table[int, int]), p)
proc slow(n: int): int =
  if n < 2: n else: slow(n - 1) + slow(n - 2)
echo slow(20)
macro countNodes(x: untyped): int =
  proc cnt(n: NimNode): int =
    result = 1
    for c in n: result += cnt(c)
  newLit(cnt(x))
echo countNodes(a + b * c)
macro rewrite(x: untyped): untyped =
  proc go(n: NimNode): NimNode =
    if n.kind == nnkInfix and n[0].eqIdent("+"):
      newTree(nnkInfix, ident"*", go(n[1]), go(n[2]))
    elif n.len > 0:
      var r = n.kind.newTree
      for c in n: r.add go(c)
      r
    else: n
  go(x)
echo rewrite(3 + 4), rewrite((1 + 2) - 1)
macro addDoc(t: static string, p: untyped): untyped =
  p.body.insert(0, newCommentStmtNode(t))
  p
proc docd() {.addDoc: "hi".} = echo "docd"
docd()
macro repeatStr(n: static[int], s: static[string]): untyped = newLit(s.repeat(n))
const rs = repeatStr(3, "ab")
echo rs
macro withObj(o: typed, body: untyped): untyped =
  result = newStmtList()
  for st in body:
    if st.kind == nnkAsgn: result.add newAssignment(newDotExpr(o, st[0]), st[1])
    else: result.add st
type Cfg = object
  port: int
  host: string
var cfg: Cfg
withObj cfg:
  port = 80
  host = "h"
echo cfg
template tpl(x: untyped): untyped =
  macro inner(y: untyped): untyped = newCall("echo", y)
  inner(x)
tpl("in tpl")
iterator walk(n: NimNode): NimNode =
  var st = @[n]
  while st.len > 0:
    let x = st.pop
    yield x
    for c in x: st.add c
macro idents(x: untyped): untyped =
  var names: seq[string]
  for n in walk(x):
    if n.kind == nnkIdent: names.add $n
  newLit(names.join(" "))
echo idents(foo(bar, baz + qux))
macro asArray(n: static int, T: typedesc): untyped = nnkBracketExpr.newTree(ident"array", newLit(n), T)
var aa: asArray(2, int)
echo aa
macro cmp3(a, b, c: int): bool = infix(infix(a, "<", b), "and", infix(b, "<", c))
echo cmp3(1, 2, 3)
