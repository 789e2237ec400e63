discard """
  output: '''
@[8]
3
[info] num=42 name=bob done 
@["+", "a", "*", "b", "foo", "c"]
("v", 9)
A3
("true and false", false)
120
3s
1
3
earlylate
7
onemany
no
(a: 4)
200
1
3s
0
1
2
d
d
'''
"""
import std/macros
import std/[strformat, tables]
# Statements, tables, loops, types and generics out of macros; trees that are searched and simplified.
macro async2(prc: untyped): untyped =
  prc.expectKind({nnkProcDef, nnkLambda, nnkMethodDef, nnkDo})
  let ret = prc.params[0]
  if ret.kind != nnkEmpty:
    prc.params[0] = nnkBracketExpr.newTree(ident"seq", ret)
  let body = prc.body
  prc.body = quote do:
    proc inner(): auto =
      `body`
    result.add inner()
  prc
proc foo(x: int): int {.async2.} =
  return x * 2
echo foo(4)

macro toTable2(body: untyped): untyped =
  let t = genSym(nskVar, "t")
  result = nnkStmtListExpr.newTree()
  result.add newVarStmt(t, nnkCall.newTree(nnkBracketExpr.newTree(bindSym"initTable", ident"string", ident"int")))
  for s in body:
    result.add nnkAsgn.newTree(nnkBracketExpr.newTree(t, newLit($s[0])), s[1][0])
  result.add t
let tab = toTable2:
  one: 1
  two: 2
echo tab["one"] + tab["two"]

macro log(level: static string, args: varargs[typed]): untyped =
  result = newCall(bindSym"echo", newLit("[" & level & "] "))
  for a in args:
    if a.kind notin nnkLiterals:
      result.add newLit(a.repr & "=")
    result.add a
    result.add newLit(" ")
let num = 42
let name = "bob"
log("info", num, name, "done")

proc collectIdents(n: NimNode, acc: var seq[string]) =
  if n.kind == nnkIdent:
    if n.strVal notin acc: acc.add n.strVal
  for k in n: collectIdents(k, acc)
macro idents(e: untyped): untyped =
  var acc: seq[string]
  collectIdents(e, acc)
  newLit(acc)
echo idents(a + b * foo(c, a))

macro simplify(e: untyped): untyped =
  proc s(n: NimNode): NimNode =
    result = n
    if n.kind == nnkInfix:
      let l = s(n[1]); let r = s(n[2])
      if n[0].eqIdent("*") and (l.kind == nnkIntLit and l.intVal == 0): return newLit(0)
      if n[0].eqIdent("+") and (l.kind == nnkIntLit and l.intVal == 0): return r
      result = infix(l, $n[0], r)
    elif n.kind == nnkPar: result = s(n[0])
  let x = s(e)
  let t = newLit(x.repr)
  quote do: (`t`, `x`)
let v = 9
echo simplify((0 * v) + v)

macro genGetters(T: typedesc): untyped =
  result = newStmtList()
  let sym = T.getTypeInst[1]
  for f in sym.getImpl[2][2]:
    let fname = f[0].basename
    let g = ident("get_" & $fname)
    let ft = f[1]
    result.add quote do:
      proc `g`(x: `sym`): `ft` = x.`fname`
type Person = object
  name*: string
  age: int
genGetters(Person)
let p = Person(name: "A", age: 3)
echo p.get_name, p.get_age

template infixTempl(a, b: untyped): untyped = a and b
macro expandIt(): untyped =
  let e = getAst(infixTempl(ident"true", ident"false"))
  newTree(nnkTupleConstr, newLit(e.repr), e)
echo expandIt()

macro withLine(x: untyped): untyped =
  newLit(x.lineInfoObj.line)
echo withLine(
  foo)
macro declare(args: varargs[untyped]): untyped =
  result = newTree(nnkVarSection)
  for a in args:
    result.add nnkIdentDefs.newTree(a[0], a[1], newEmptyNode())
declare x(int), y(string)
x = 3; y = "s"
echo x, y
macro forEach(loopVar, coll, body: untyped): untyped =
  nnkForStmt.newTree(loopVar, coll, body)
forEach q, [1, 2, 3]:
  if q == 2: continue
  echo q
macro retEarly(x: untyped): untyped =
  quote do:
    if `x`: return "early"
proc r(b: bool): string =
  retEarly(b)
  "late"
echo r(true), r(false)
macro tryExpr(e: untyped, default: untyped): untyped =
  nnkTryStmt.newTree(newStmtList(e), nnkExceptBranch.newTree(newStmtList(default)))
proc boom(): int = raise newException(ValueError, "x")
echo tryExpr(boom(), 7)
macro caseExpr(x: untyped): untyped =
  nnkCaseStmt.newTree(x, nnkOfBranch.newTree(newLit(1), newLit("one")), nnkElse.newTree(newLit("many")))
echo caseExpr(1), caseExpr(2)
macro whenDef(n: untyped, a, b: untyped): untyped =
  nnkWhenStmt.newTree(nnkElifBranch.newTree(newCall("defined", n), a), nnkElse.newTree(b))
whenDef(foobar):
  echo "yes"
do:
  echo "no"
macro typ(): untyped =
  result = parseStmt("""
type Gen = object
  a: int
proc mk(x: int): Gen = Gen(a: x)
""")
typ()
echo mk(4)
const src = "proc dyn(x: int): int = x * 100"
macro fromStr(s: static string): untyped = parseStmt(s)
fromStr(src)
echo dyn(2)
macro exported(n: untyped): untyped =
  newProc(postfix(n, "*"), [ident"int"], newStmtList(newLit(1)))
exported zork
echo zork()
macro gp(name: untyped): untyped =
  result = newProc(name, [ident"T", newIdentDefs(ident"x", ident"T")], newStmtList(ident"x"))
  result[2] = nnkGenericParams.newTree(newIdentDefs(ident"T", newEmptyNode()))
gp idt
echo idt(3), idt("s")
macro iterMac(name: untyped): untyped =
  newProc(name, [ident"int"], parseStmt("for i in 0..2: yield i"), nnkIteratorDef)
iterMac three
for i in three(): echo i
macro tmplMac(name: untyped): untyped =
  newProc(name, [ident"untyped", newIdentDefs(ident"b", ident"untyped")], newStmtList(ident"b", ident"b"), nnkTemplateDef)
tmplMac dup2
dup2: echo "d"
