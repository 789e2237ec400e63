discard """
  output: '''
[("a", "5"), ("b", "xy")]
p: 1
q: z
p + 1: 2
int more
4
s
int 1string afloat
@[3]
@["x"]
(x: 1, y: 2.5)
3628800
10
p: 1
p + 1: 2
one
@[2, 4, 6]
1
b
caught boom
foo
in foo
intstring
"abc": abc
55
6
x: int
y: float
'''
"""
# Overloads, types, generics, recursion, declarations and statements out of macros.
import std/[macros, tables, strutils, sequtils]
# json-like, option parsing DSL, with recursion and generics
macro obj(body: untyped): untyped =
  result = newNimNode(nnkTableConstr)
  for n in body:
    n.expectKind nnkCall
    result.add newColonExpr(newLit($n[0]), newCall("$", n[1][0]))
let o = obj:
  a: 5
  b: "x" & "y"
echo o
macro debug(args: varargs[untyped]): untyped =
  result = newStmtList()
  for a in args:
    result.add newCall("echo", newLit(a.repr), newLit(": "), a)
let p = 1; let q = "z"
debug p, q, p + 1
macro addMembers(T: typedesc, extra: static[string]): untyped =
  newCall("echo", newLit(T.repr & " " & extra))
addMembers(int, "more")
macro gen[T](x: T): untyped =
  result = newCall("echo", x)
gen(4)
gen("s")
macro ov(x: int): untyped = newLit("int " & $x.intVal)
macro ov(x: string): untyped = newLit("string " & x.strVal)
proc ov(x: float): string = "float"
echo ov(1), ov("a"), ov(1.5)
macro typeMac(x: untyped): untyped =
  newTree(nnkBracketExpr, ident"seq", x)
var v: typeMac(int)
v.add 3
echo v
type Al = typeMac(string)
var al: Al = @["x"]
echo al
macro mkType(name, fields: untyped): untyped =
  result = newTree(nnkTypeSection)
  var rl = newTree(nnkRecList)
  for f in fields:
    rl.add newIdentDefs(f[0], f[1][0])
  result.add newTree(nnkTypeDef, name, newEmptyNode(), newTree(nnkObjectTy, newEmptyNode(), newEmptyNode(), rl))
mkType Point:
  x: int
  y: float
echo Point(x: 1, y: 2.5)
proc fact(n: int): int = (if n < 2: 1 else: n * fact(n - 1))
macro ct(n: static int): untyped = newLit(fact(n))
echo ct(10)
macro rec(n: static int): untyped =
  if n == 0: newLit(0)
  else: 
    let m = newLit(n - 1)
    quote do: `m` + 1 + rec(`m`)
echo rec(4)
macro nested(x: untyped): untyped =
  result = quote do:
    debug `x`
    debug(`x` + 1)
nested(p)
macro caseGen(x: untyped, opts: untyped): untyped =
  result = newTree(nnkCaseStmt, x)
  for o in opts:
    result.add newTree(nnkOfBranch, o[0], o[1])
  result.add newTree(nnkElse, newStmtList(newTree(nnkDiscardStmt, newEmptyNode())))
caseGen p:
  1: echo "one"
  2: echo "two"
macro lam(body: untyped): untyped =
  newProc(newEmptyNode(), [ident"int", newIdentDefs(ident"it", ident"int")], body, nnkLambda)
echo @[1,2,3].map(lam(it * 2))
macro asgn(x: untyped): untyped =
  result = newStmtList()
  for i, n in x:
    let nm = genSym(nskLet, "v")
    result.add newLetStmt(nm, n)
    result.add newCall("echo", nm)
asgn:
  1
  "b"
macro tryIt(b: untyped): untyped =
  quote do:
    try:
      `b`
    except CatchableError as e:
      echo "caught ", e.msg
tryIt:
  raise newException(ValueError, "boom")
macro blockArg(name: untyped, b: untyped): untyped =
  result = newStmtList()
  result.add newCall("echo", newLit($name))
  result.add b
blockArg foo:
  echo "in foo"
proc useStatic[T](x: T): string =
  macro inner(y: typed): untyped = newLit(y.getTypeInst.repr)
  inner(x)
echo useStatic(3), useStatic("s")
"abc".debug
import std/sugar
echo (block:
  macro loc(x: untyped): untyped = newCall("$", x)
  loc(55))
macro opq(): untyped =
  let x = newLit(5)
  quote("@") do:
    @x + 1
echo opq()
macro genFields(x: typed): untyped =
  result = newStmtList()
  for d in x.getTypeImpl[2]: result.add newCall("echo", newLit(d[0].repr & ": " & d[1].repr))
genFields(Point(x: 1, y: 2.0))
