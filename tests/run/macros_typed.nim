discard """
  output: '''
ObjectTy
  Empty
  Empty
  RecList
    Sym "x"
    Sym "y"
    Sym "name"
Sym "P"
ObjectTy
  Empty
  Empty
  RecList
    IdentDefs
      Sym "x"
      Sym "int"
      Empty
    IdentDefs
      Sym "y"
      Sym "int"
      Empty
    IdentDefs
      Sym "name"
      BracketExpr
        Sym "seq"
        Sym "string"
      Empty
ntyObject
EnumTy
  Empty
  Sym "ea"
  Sym "eb"
  Sym "ec"
Sym "E"
EnumTy
  Empty
  Sym "ea"
  Sym "eb"
  Sym "ec"
ntyEnum
BracketExpr
  Sym "distinct"
  Sym "int"
Sym "D"
DistinctTy
  Sym "int"
ntyDistinct
BracketExpr
  Sym "seq"
  Sym "string"
BracketExpr
  Sym "seq"
  Sym "string"
BracketExpr
  Sym "seq"
  Sym "string"
ntySequence
BracketExpr
  Sym "array"
  BracketExpr
    Sym "range"
    IntLit 0
    IntLit 2
  Sym "float"
BracketExpr
  Sym "array"
  Infix
    Ident ".."
    IntLit 0
    IntLit 2
  Sym "float"
BracketExpr
  Sym "array"
  Infix
    Ident ".."
    IntLit 0
    IntLit 2
  Sym "float"
ntyArray
BracketExpr
  Sym "tuple"
  Sym "int"
  Sym "string"
TupleConstr
  Sym "int"
  Sym "string"
TupleConstr
  Sym "int"
  Sym "string"
ntyTuple
BracketExpr
  Sym "tuple"
  Sym "int"
  Sym "char"
TupleTy
  IdentDefs
    Sym "a"
    Sym "int"
    Empty
  IdentDefs
    Sym "b"
    Sym "char"
    Empty
TupleTy
  IdentDefs
    Sym "a"
    Sym "int"
    Empty
  IdentDefs
    Sym "b"
    Sym "char"
    Empty
ntyTuple
Sym "int"
Sym "int"
Sym "int"
ntyInt
Sym "int"
Sym "int"
Sym "int"
ntyInt
Sym "string"
Sym "string"
Sym "string"
ntyString
BracketExpr
  Sym "G"
  Sym "int"ntyGenericInst
TypeDef
  Sym "P"
  Empty
  ObjectTy
    Empty
    Empty
    RecList
      IdentDefs
        Ident "x"
        Ident "y"
        Sym "int"
        Empty
      IdentDefs
        Ident "name"
        BracketExpr
          Sym "seq"
          Sym "string"
        Empty
TypeDef
  Sym "E"
  Empty
  EnumTy
    Empty
    Sym "ea"
    EnumFieldDef
      Sym "eb"
      IntLit 5
    EnumFieldDef
      Sym "ec"
      StrLit "x"
TypeDef
  Sym "R"
  Empty
  RefTy
    ObjectTy
      Empty
      OfInherit
        Sym "RootObj"
      RecList
        IdentDefs
          Ident "a"
          Sym "int"
          Empty
nnkSym i
nnkIntLit 5
nnkStrLit "s"
nnkInfix i + 1
nnkCall quux(3)
nnkDotExpr p.x
nnkBracketExpr s[0]
nnkDotExpr nt.a
nnkNilLit nil
nnkCharLit 'c'
nskParam q ntyInt
nskVar v ntyInt
nskVar i ntyInt
nskLet l ntyInt
["x", "y", "name"]
truefalsetruetrue
1515
5
'''
"""
# What macros are told of expressions, types and declarations.
import macros
type
  P = object
    x, y: int
    name: seq[string]
  E = enum ea, eb = 5, ec = "x"
  R = ref object of RootObj
    a: int
  D = distinct int
  G[T] = object
    v: T
proc quux(a: int): int =
  ## docs
  a + 1
var p: P
var e: E
var d: D
var g: G[int]
var s: seq[string]
var a: array[3, float]
var t: (int, string)
var nt: tuple[a: int, b: char]
var i = 5
const cc = 3
macro types(args: varargs[typed]): untyped =
  result = newStmtList()
  for x in args:
    let text = x.getType.treeRepr & "\n" & x.getTypeInst.treeRepr & "\n" & x.getTypeImpl.treeRepr
    result.add newCall("echo", newLit(text & "\n" & $x.typeKind))
types(p, e, d, s, a, t, nt, i, 5, "s")
macro one(x: typed): untyped = newCall("echo", newLit(x.getTypeInst.treeRepr & $x.typeKind))
one(g)
macro impl(x: typed): untyped = newCall("echo", newLit(x.getImpl.treeRepr))
impl P
impl E
impl R
macro kinds(args: varargs[typed]): untyped =
  result = newStmtList()
  for x in args: result.add newCall("echo", newLit($x.kind & " " & x.repr))
kinds(i, 5, "s", i + 1, quux(3), p.x, s[0], nt.a, nil, 'c')
macro symbols(args: varargs[typed]): untyped =
  result = newStmtList()
  for x in args: result.add newCall("echo", newLit($x.symKind & " " & $x & " " & $x.typeKind))
let l = 1
proc inside(q: int) =
  var v = q
  symbols(q, v, i, l)
inside(1)
macro fieldNames(T: typedesc): untyped =
  result = newNimNode(nnkBracket)
  for f in T.getTypeInst[1].getTypeImpl[2]: result.add newLit($f[0])
echo fieldNames(P)
macro same(a, b: typed): bool = newLit(sameType(a, b))
echo same(1, 2), same(1, "s"), same(p, p), same(i, l)
macro assigned(x, v: typed): untyped = newAssignment(x, v)
assigned(i, i + 10)
assigned(p.x, i)
echo i, p.x
macro swapped(e: typed): untyped =
  result = copyNimTree(e)
  result[1] = e[2]
  result[2] = e[1]
echo swapped(10 - i)
