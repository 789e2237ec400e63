discard """
  output: '''
`+`(1, 2)
foo(+)
`+` 1
a.`+`
`+`()
`[]`(a, 1)
not(1)
_x()
a.`==`(1)
`+`(1, `+`(2, 3))
1 + 2
DerefExpr
  Sym "p"
6
6Call
  Sym "+"
  IntLit 1
  DerefExpr
    Sym "p"
typeDesc[int] ntyTypeDesc, typeDesc[seq[int]] ntyTypeDesc, typeDesc[string] ntyTypeDesc
BracketExpr
  Sym "Grid"
  Sym "string"
  IntLit 3
'''
"""
# Operators that are called like other routines show in quotes; what a pointer leads to, and static arguments of types, as a macro has them typed.
import std/macros

macro shown(): untyped =
  let calls = [
    newCall(ident"+", newLit 1, newLit 2), newCall(ident"foo", ident"+"), newTree(nnkCommand, ident"+", newLit 1),
    newDotExpr(ident"a", ident"+"), newTree(nnkObjConstr, ident"+"), newCall(ident"[]", ident"a", newLit 1),
    newCall(ident"not", newLit 1), newCall(ident"_x"), newCall(newDotExpr(ident"a", ident"=="), newLit 1),
    nestList(ident"+", newTree(nnkArgList, newLit 1, newLit 2, newLit 3)), infix(newLit 1, "+", newLit 2)]
  result = newStmtList()
  for call in calls: result.add newCall(ident"echo", newLit(call.repr))
shown()

macro tree(x: typed): string = newLit x.treeRepr
macro back(x: typed): untyped = x
var number = 5
let p = addr number
echo tree(p[])
echo back(p[] + 1)
back(inc p[])
echo number, tree(`+`(1, p[]))

macro name(T: typedesc): string = newLit(T.getTypeInst.repr & " " & $T.typeKind)
template untypedTemplate(T: untyped): string = name(T)
proc byProc[T](x: T): string = name(T)
echo name(int), ", ", untypedTemplate(seq[int]), ", ", byProc("")

type Grid[T; N: static int] = object
  data: array[N, T]
macro instance(x: typed): string = newLit x.getTypeInst.treeRepr
var grid: Grid[string, 3]
echo instance(grid)
