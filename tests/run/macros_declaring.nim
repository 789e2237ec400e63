discard """
  output: '''
(host: "localhost", port: 80, tags: @["a"])
5
precondition failed: x mod 2 == 0
click 1
key 2
12.0 6.0
(host: "h", port: 9, tags: @[])
<skRect>
3
intstringseqntyFloatntyObjectntyCharntyBoolntyArrayntySet
it 1
it 2
6
ABCABC
XYZ
{1, 3, 5}
'''
"""
import std/[macros, strutils, sequtils, tables, options]
# Builders, contracts, events, patterns: declarations out of macros and around them.
macro builder(T: untyped, body: untyped): untyped =
  result = newStmtList()
  let rec = newTree(nnkRecList)
  let procs = newStmtList()
  for field in body:
    let name = field[0]
    let typ = field[1][0]
    rec.add newIdentDefs(postfix(name, "*"), typ)
    let setter = ident("with" & ($name).capitalizeAscii)
    procs.add quote do:
      proc `setter`*(self: `T`, v: `typ`): `T` =
        result = self
        result.`name` = v
  result.add nnkTypeSection.newTree(nnkTypeDef.newTree(postfix(T, "*"), newEmptyNode(),
    nnkObjectTy.newTree(newEmptyNode(), newEmptyNode(), rec)))
  result.add procs
builder Config:
  host: string
  port: int
  tags: seq[string]
echo Config().withHost("localhost").withPort(80).withTags(@["a"])

macro contract(fn: untyped): untyped =
  var pre, rest = newStmtList()
  for s in fn.body:
    if s.kind in {nnkCall, nnkCommand} and s[0].eqIdent("require"):
      let c = s[1]
      let msg = newLit("precondition failed: " & c.repr)
      pre.add quote do:
        if not `c`: raise newException(ValueError, `msg`)
    else: rest.add s
  result = fn
  result.body = newStmtList(pre, rest)
proc half(x: int): int {.contract.} =
  require x mod 2 == 0
  x div 2
echo half(10)
try: echo half(3)
except ValueError as e: echo e.msg

macro events(names: varargs[untyped]): untyped =
  result = newStmtList()
  for n in names:
    let on = ident("on" & $n)
    let fire = ident("fire" & $n)
    let store = genSym(nskVar, "handlers")
    result.add quote do:
      var `store`: seq[proc (x: int)]
      proc `on`(h: proc (x: int)) = `store`.add h
      proc `fire`(x: int) =
        for h in `store`: h(x)
events Click, Key
onClick(proc (x: int) = echo "click ", x)
onKey(proc (x: int) = echo "key ", x)
fireClick(1); fireKey(2)

macro matchAdt(x: untyped, branches: varargs[untyped]): untyped =
  result = nnkCaseStmt.newTree(newDotExpr(x, ident"kind"))
  for b in branches:
    if b.kind == nnkOfBranch:
      let pat = b[0]
      let body = newStmtList()
      for i in 1 ..< pat.len:
        body.add newLetStmt(pat[i], newDotExpr(x, pat[i]))
      body.add b[1]
      result.add nnkOfBranch.newTree(pat[0], body)
    else: result.add b
type
  ShapeKind = enum skCircle, skRect
  Shape = object
    case kind: ShapeKind
    of skCircle: r: float
    of skRect: w, h: float
proc area(s: Shape): float =
  matchAdt s:
  of skCircle(r): r * r * 3.0
  of skRect(w, h): w * h
echo area(Shape(kind: skCircle, r: 2.0)), " ", area(Shape(kind: skRect, w: 2, h: 3))

macro withMany(x: typed, body: untyped): untyped =
  result = newStmtList()
  for s in body:
    case s.kind
    of nnkAsgn: result.add newAssignment(newDotExpr(x, s[0]), s[1])
    of nnkCall: 
      var c = s.copyNimTree
      c[0] = newDotExpr(x, s[0])
      result.add c
    else: error("?", s)
var cfg: Config
withMany cfg:
  host = "h"
  port = 9
echo cfg

macro enumToStr(T: typedesc): untyped =
  let impl = getImpl(T.getTypeInst[1])
  result = newStmtList()
  let p = ident"x"
  var cs = nnkCaseStmt.newTree(p)
  for f in impl[2]:
    if f.kind == nnkEmpty: continue
    let name = if f.kind == nnkEnumFieldDef: f[0] else: f
    cs.add nnkOfBranch.newTree(name, newLit("<" & $name & ">"))
  result = newProc(ident"show", [ident"string", newIdentDefs(p, T.getTypeInst[1])], newStmtList(cs))
enumToStr(ShapeKind)
echo show(skRect)

macro defConsts(body: untyped): untyped =
  result = nnkConstSection.newTree()
  for s in body:
    result.add nnkConstDef.newTree(s[0], newEmptyNode(), s[1])
defConsts:
  aa = 1
  bb = aa + 1
echo aa + bb

macro ifTyped(x: typed): string =
  case x.typeKind
  of ntyInt: newLit"int"
  of ntyString: newLit"string"
  of ntySequence: newLit"seq"
  else: newLit($x.typeKind)
echo ifTyped(1), ifTyped("s"), ifTyped(@[1]), ifTyped(1.0), ifTyped(cfg), ifTyped('c'), ifTyped(true), ifTyped([1]), ifTyped({1})

macro loopMac(n: static[int], body: untyped): untyped =
  result = newStmtList()
  for i in 1..n:
    let idx = newLit(i)
    let b = body.copyNimTree
    result.add quote do:
      block:
        let it {.inject.} = `idx`
        `b`
loopMac 2:
  echo "it ", it
let add5 = block:
  macro mk(n: static int): untyped =
    let p = newLit(n)
    result = quote do:
      (proc (x: int): int = x + `p`)
  mk(5)
echo add5(1)
macro strCase(s: string): untyped =
  newLit(s.strVal.toUpperAscii)
echo strCase("abc"), "abc".strCase
echo strCase"xyz"
type Foo = ref object
  val: int
macro bitset(args: varargs[untyped]): untyped =
  result = nnkCurly.newTree()
  for a in args: result.add a
echo bitset(1, 3, 5)
macro tup(args: varargs[untyped]): untyped =
  result = nnkTupleConstr.newTree()
  for a in args:
    if a.kind == nnkExprEqExpr: result.add newColonExpr(a[0], a[1])
    else: result.add a
