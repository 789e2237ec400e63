discard """
  output: '''
2331
334.04a4
44
5
1@[1, 2, 4]xc
0
1
312.04.0
7
Call
  Sym "foo"
  IntLit 1
  IntLit 2
Call
  Sym "foo"
  IntLit 1
  IntLit 3
Call
  Sym "add"
  Sym "s"
  IntLit 4
Call
  Sym "bar"
  HiddenAddr
    Sym "v"
  HiddenStdConv
    Empty
    IntLit 3
Call
  Sym "all"
  HiddenStdConv
    Empty
    Bracket
      IntLit 1
      IntLit 2
Call
  Sym "all"
  HiddenStdConv
    Empty
    Sym "s"
Call
  Sym "rest"
  IntLit 1
  HiddenStdConv
    Empty
    Bracket
      IntLit 2
      IntLit 3
Call
  Sym "rest"
  IntLit 1
  HiddenStdConv
    Empty
    Bracket
Call
  Sym "len"
  Sym "s"
Call
  Sym "foo"
  HiddenCallConv
    Sym "toInt"
    ObjConstr
      Sym "Wrapped"
      ExprColonExpr
        Sym "v"
        IntLit 1
  IntLit 2
Conv
  Sym "float"
  Sym "v"
Conv
  Sym "int8"
  Sym "v"
Infix
  Sym "&"
  StrLit "a"
  Prefix
    Sym "$"
    Sym "v"
Call
  Sym "base"
  HiddenSubConv
    Empty
    Sym "d"
DotExpr
  HiddenDeref
    Sym "d"
  Sym "v"
Infix
  Sym "+"
  Sym "v"
  IntLit 1
Call
  Sym "echo"
  HiddenStdConv
    Empty
    Bracket
      StrLit "1"
      HiddenCallConv
        Sym "$"
        Sym "s"
      StrLit "x"
      StrLit "c"
StmtList
  VarSection
    IdentDefs
      Sym "a"
      Empty
      IntLit 3
    IdentDefs
      Sym "b"
      Empty
      IntLit 3
  LetSection
    VarTuple
      Sym "c"
      Sym "f"
      Empty
      TupleConstr
        IntLit 1
        FloatLit 2.0
  VarSection
    IdentDefs
      Sym "g"
      Sym "float"
      HiddenStdConv
        Empty
        IntLit 4
  ForStmt
    Sym "i"
    Infix
      Sym "..<"
      IntLit 0
      IntLit 2
    Command
      Sym "echo"
      HiddenStdConv
        Empty
        Bracket
          HiddenCallConv
            Sym "$"
            Sym "i"
  ForStmt
    Sym "x"
    Call
      Sym "items"
      Sym "s"
    IfStmt
      ElifBranch
        Infix
          Sym "=="
          HiddenDeref
            Sym "x"
          Sym "v"
        ContinueStmt
          Empty
  WhileStmt
    Infix
      Sym "<"
      Sym "v"
      IntLit 3
    Command
      Sym "inc"
      Sym "v"
      IntLit 1
  CaseStmt
    Sym "a"
    OfBranch
      IntLit 1
      IntLit 2
      DiscardStmt
        Empty
    OfBranch
      Range
        IntLit 3
        IntLit 5
      Command
        Sym "echo"
        HiddenStdConv
          Empty
          Bracket
            HiddenCallConv
              Sym "$"
              Sym "b"
            HiddenCallConv
              Sym "$"
              Sym "c"
            HiddenCallConv
              Sym "$"
              Sym "f"
            HiddenCallConv
              Sym "$"
              Sym "g"
    Else
      DiscardStmt
        Empty
StmtList
  Command
    Sym "inc"
    HiddenDeref
      Sym "n"
    IntLit 1
StmtList
  Asgn
    HiddenDeref
      Sym "n"
    Infix
      Sym "+"
      HiddenDeref
        Sym "n"
      IntLit 1
StmtList
  Call
    Sym "bar"
    Sym "n"
    FloatLit 1.0
'''
"""
# What a macro sees of an argument that it takes typed: calls resolved, with defaults and hidden conversions.
import macros

var seen {.compileTime.}: seq[string]

macro show(x: typed): untyped =
  seen.add x.treeRepr
  result = x

type
  Base = ref object of RootObj
    v: int
  Derived = ref object of Base
  Wrapped = object
    v: int

converter toInt(w: Wrapped): int = w.v

proc foo(a: int, b = 2): int {.discardable.} = a + b
proc bar(x: var int, f: float) = x += int(f)
proc all(x: openArray[int]): int = x.len
proc rest(x: int, ys: varargs[int]): int = x + ys.len
proc base(b: Base): int = b.v
template plus(a: int): int = a + 1

var
  s = @[1, 2]
  v = 1
  d = Derived(v: 4)

show(foo(1))
show(foo(b = 3, a = 1))
show(s.add 4)
show(bar(v, 3))
echo show(all([1, 2])), show(all(s)), show(rest(1, 2, 3)), show(rest(1))
echo show(s.len), show(foo(Wrapped(v: 1))), show(v.float), show(int8(v)), show("a" & $v)
echo show(base(d)), show(d.v)
echo show(plus(v))
show(echo(1, s, "x", 'c'))
show:
  var a, b = 3
  let (c, f) = (1, 2.0)
  var g: float = 4
  for i in 0 ..< 2: echo i
  for x in s:
    if x == v: continue
  while v < 3: inc v
  case a
  of 1, 2: discard
  of 3..5: echo b, c, f, g
  else: discard

proc modify(n: var int): int =
  show: inc n
  show: n = n + 1
  show: bar(n, 1.0)
  n
echo modify(v)

const trees = seen
for tree in trees: echo tree
