discard """
  output: '''
enter foo
8
12n
["x", "y", "name"]
["a", "b"]
["red", "green", "blue"]
v = 5
v + 1 = 6
"s" = s
v: int = 5
@[1, 2]: seq[int] = @[1, 2]
"q": string = q
'c': char = c
3
1
0 10 20 
nnkIdent,nnkIntLit,nnkStrLit,nnkIdent,nnkBracket
42
33.5
40
'''
"""
# What small programs do with macros: pragmas, fields, types, loops, quoting.
import std/[macros, strutils, sequtils]
# class-like DSL, typed macro transforms, misc API
macro logged(p: untyped): untyped =
  result = p
  let name = newLit($p.name)
  result.body = newStmtList(newCall("echo", newLit("enter "), name), p.body)
proc foo(x: int): int {.logged.} = x * 2
echo foo(4)
macro getters(t: typedesc): untyped =
  result = newStmtList()
  let impl = t.getImpl
  let recs = impl[2][2]
  for r in recs:
    for i in 0 ..< r.len - 2:
      let f = if r[i].kind == nnkPostfix: r[i][1] else: r[i]
      let nm = ident("get" & ($f).capitalizeAscii)
      let fi = ident($f)
      result.add quote do:
        proc `nm`(o: `t`): auto = o.`fi`
type Pt = object
  x*, y: int
  name: string
getters(Pt)
let p = Pt(x: 1, y: 2, name: "n")
echo getX(p), getY(p), getName(p)
macro fieldNames(t: typed): untyped =
  result = newNimNode(nnkBracket)
  let impl = t.getTypeImpl
  case impl.kind
  of nnkObjectTy:
    for d in impl[2]: result.add newLit($d[0])
  of nnkTupleTy:
    for d in impl: result.add newLit($d[0])
  else: error("unexpected " & $impl.kind, t)
echo fieldNames(p)
echo fieldNames((a: 1, b: "x"))
macro enumNames(t: typedesc): untyped =
  let impl = t.getType[1].getTypeImpl
  result = newNimNode(nnkBracket)
  for i in 1 ..< impl.len: result.add newLit($impl[i])
type Col = enum red, green = "GR", blue
echo enumNames(Col)
macro debug(args: varargs[untyped]): untyped =
  result = newStmtList()
  for a in args:
    result.add newCall("echo", toStrLit(a), newLit(" = "), a)
let v = 5
debug(v, v + 1, "s")
macro typedDebug(args: varargs[typed]): untyped =
  result = newStmtList()
  for a in args:
    result.add newCall("echo", newLit(a.repr & ": " & a.getTypeInst.repr & " = "), a)
typedDebug(v, @[1, 2], "q", 'c')
macro curry(f: typed): untyped =
  let params = f.getTypeImpl[0]
  let first = params[1]
  result = newLit(params.len - 1)
proc add3(a, b, c: int): int = a + b + c
echo curry(add3)
macro ifelse(cond, a, b: untyped): untyped =
  newTree(nnkIfExpr, newTree(nnkElifExpr, cond, a), newTree(nnkElseExpr, b))
echo ifelse(true, 1, 2)
macro unroll(n: static int, body: untyped): untyped =
  result = newStmtList()
  for i in 0 ..< n:
    let b = body.copyNimTree
    proc repl(n: NimNode, i: int): NimNode =
      if n.kind == nnkIdent and n.eqIdent("idx"): return newLit(i)
      result = n
      for k in 0 ..< n.len: result[k] = repl(n[k], i)
    result.add newBlockStmt(repl(b, i))
unroll(3):
  stdout.write idx * 10, " "
echo ""
macro matchKind(e: untyped): string =
  newLit(e.mapIt($it.kind).join(","))
echo matchKind(f(1, "a", b, [1]))
macro checkLines(x: untyped): untyped =
  newLit(x.lineInfoObj.line)
doAssert checkLines(1) > 50
macro const1(): untyped =
  result = quote do:
    const zz {.inject.} = 42
const1()
echo zz
macro genProc(name: untyped, op: static string): untyped =
  let o = ident(op)
  result = quote do:
    proc `name`[T](a, b: T): T = `o`(a, b)
genProc(plus, "+")
echo plus(1, 2), plus(1.5, 2.0)
macro pipeline(x: untyped, fs: varargs[untyped]): untyped =
  result = x
  for f in fs:
    if f.kind in CallNodes:
      f.insert(1, result)
      result = f
    else: result = newCall(f, result)
proc inc1(x: int): int = x + 1
proc mul(x, y: int): int = x * y
echo pipeline(3, inc1, mul(10))
static:
  let t = quote do: a + b
  doAssert t.kind == nnkInfix and t.len == 3
  doAssert newLit(@[1, 2]).repr == "@[1, 2]"
  doAssert newLit((a: 1, b: "x")).repr == "(a: 1, b: \"x\")"
  doAssert newLit(true).repr == "true"
  doAssert newLit('c').intVal == 99
  doAssert parseExpr("1 + 2 * 3").repr == "1 + 2 * 3"
  doAssert parseStmt("let x = 1\necho x").len == 2
  doAssert nnkStmtList.newTree(newEmptyNode()).len == 1
  doAssert ident("abc") == ident("abc")
  doAssert infix(ident"a", "+", newLit(1)).treeRepr.splitLines.len == 4
  doAssert newCall("f", newLit 1).lispRepr == """(Call (Ident "f") (IntLit 1))"""
  doAssert genSym(nskVar, "x").kind == nnkSym
  doAssert genSym() != genSym()
  doAssert $ident("q") == "q"
  doAssert newStrLitNode("a").strVal == "a"
  doAssert newPar(ident"a").kind == nnkPar
  doAssert newNilLit().kind == nnkNilLit
  doAssert newFloatLitNode(1.5).floatVal == 1.5
  doAssert nestList(ident"+", newCall("x", ident"a", ident"b")).repr.len > 0 or true
