discard """
  output: '''
ObjectTy
  Empty
  Empty
  RecList
    Sym "name"
    RecCase
      Sym "kind"
      OfBranch
        IntLit 0
        RecList
      OfBranch
        IntLit 1
        RecList
          Sym "x"
          Sym "y"
      OfBranch
        IntLit 2
        RecList
          RecCase
            Sym "sub"
            OfBranch
              IntLit 1
              Sym "z"
            OfBranch
              IntLit 0
              RecList
    Sym "last"
RecList
  IdentDefs
    Sym "name"
    Sym "string"
    Empty
  RecCase
    IdentDefs
      Sym "kind"
      Sym "Kind"
      Empty
    OfBranch
      IntLit 0
      RecList
    OfBranch
      IntLit 1
      RecList
        IdentDefs
          Sym "x"
          Sym "int"
          Empty
        IdentDefs
          Sym "y"
          Sym "int"
          Empty
    OfBranch
      IntLit 2
      RecList
        RecCase
          IdentDefs
            Sym "sub"
            Sym "bool"
            Empty
          OfBranch
            IntLit 1
            IdentDefs
              Sym "z"
              Sym "float32"
              Empty
          OfBranch
            IntLit 0
            RecList
  IdentDefs
    Sym "last"
    Sym "char"
    Empty
ObjectTy
  Empty
  Empty
  RecList
    RecCase
      Sym "k"
      OfBranch
        Range
          IntLit 0
          IntLit 2
        Sym "a"
      OfBranch
        IntLit 3
        IntLit 5
        Sym "b"
      Else
        RecList
          Sym "c"
          Sym "d"
RecList
  RecCase
    IdentDefs
      Sym "k"
      BracketExpr
        Sym "range"
        Infix
          Ident ".."
          IntLit 0
          IntLit 5
      Empty
    OfBranch
      Range
        IntLit 0
        IntLit 2
      IdentDefs
        Sym "a"
        Sym "int"
        Empty
    OfBranch
      IntLit 3
      IntLit 5
      IdentDefs
        Sym "b"
        Sym "int"
        Empty
    Else
      RecList
        IdentDefs
          Sym "c"
          Sym "int"
          Empty
        IdentDefs
          Sym "d"
          Sym "int"
          Empty
name case kind x y case sub z last 
case k a b c d 
'''
"""
# The tree of an object's type has its variants, with each branch as it is written.
import std/macros
type
  Kind = enum none, pair, deep
  Shape = object
    name: string
    case kind: Kind
    of none: discard
    of pair:
      x, y: int
    of deep:
      case sub: bool
      of true: z: float32
      of false: discard
    last: char
  Ranged = object
    case k: range[0..5]
    of 0..2: a: int
    of 3, 5: b: int
    else: c, d: int

macro plain(t: typed): string = newLit(t.getType.treeRepr)
macro made(t: typed): string = newLit(t.getTypeImpl[2].treeRepr)

var (shape, ranged) = (Shape(kind: none), Ranged(k: 0))
echo plain(shape)
echo made(shape)
echo plain(ranged)
echo made(ranged)

# As a serializer walks it.
macro fieldsOf(t: typed): string =
  proc walk(n: NimNode, into: var string) =
    case n.kind
    of nnkIdentDefs: into.add n[0].strVal & " "
    of nnkRecCase:
      into.add "case " & n[0][0].strVal & " "
      for i in 1 ..< n.len: walk(n[i][^1], into)
    of nnkRecList:
      for kid in n: walk(kid, into)
    else: discard
  var text = ""
  walk(t.getTypeImpl[2], text)
  newLit(text)
echo fieldsOf(shape)
echo fieldsOf(ranged)
