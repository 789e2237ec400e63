discard """
  output: '''
EnumTy
  Empty
  Sym "c1"
  Sym "c2"
ObjectTy
  Empty
  Empty
  RecList
    Sym "a"
Sym "int"
Sym "Col"
true
nnkEnumTy
'''
"""
# What is asked of a type under a name that is bound to the macro's module.
import macros
from strutils import join
type
  Col = enum c1, c2
  O = object
    a: int
macro told(x: typed): untyped =
  let t = bindSym"Col".getType
  let texts = [
    t.treeRepr, bindSym"O".getType.treeRepr, bindSym"int".getType.treeRepr, bindSym"Col".getTypeInst.treeRepr,
    $(x.getType == t), $x.getType.kind]
  newCall("echo", newLit(texts.join("\n")))
told(c1)
