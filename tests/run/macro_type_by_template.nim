discard """
  output: '''
BracketExpr
  Sym "typeDesc"
  Sym "A"BracketExpr
  Sym "typeDesc"
  Sym "A"BracketExpr
  Sym "typeDesc"
  Sym "A"nnkSymBracketExpr
  Sym "typeDesc"
  EnumTy
    Empty
    Sym "x"BracketExpr
  Sym "typeDesc"
  Sym "A"nnkSymBracketExpr
  Sym "typeDesc"
  EnumTy
    Empty
    Sym "x"
truetrue
'''
"""
# What a macro is told of the type that an argument names, also by way of a template.
import std/macros
type A = enum x
macro inst(t: typedesc): string = newLit(t.getTypeInst.treeRepr)
macro typedInst(t: typed): string = newLit(t.getTypeInst.treeRepr & $t.kind & t.getType.treeRepr)
template instOf(t: typedesc): string = inst(t)
template typedInstOf(t: typedesc): string = typedInst(t)
echo inst(A), instOf(A), typedInst(A), typedInstOf(A)
macro isNilNode(n: typed): bool = newLit(n.kind == nnkNilLit)
template passed(n: typed): bool = isNilNode(n)
echo isNilNode(nil), passed(nil)
