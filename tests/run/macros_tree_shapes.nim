discard """
  output: '''
8
xxx
(a: 1, b: "x")
1 2 3 
6
passed
1
0true0
intstringtwo
nnkNilLitnnkIntLit
nnkDotExpr nnkStmtList 2
nnkIdent nnkStmtListExpr 3
7
42
a + bf(x, y = 1)[1, 2](a: 1)if a:
  b else:
  cx[1]-xnot a@[1]a.b.cproc (x: int): int =
  x
(Infix (Ident "+") (Ident "a") (IntLit 1))(Command (Ident "f") (Ident "x"))(StrLit "s")(FloatLit 1.5)(CharLit 99)(NilLit)(BracketExpr (Ident "a") (IntLit 1))(DotExpr (Ident "x") (Ident "y"))(Prefix (Ident "@") (Ident "x"))(TableConstr (ExprColonExpr (IntLit 1) (IntLit 2)))(Curly (IntLit 1))(TupleConstr (IntLit 1) (IntLit 2))(Infix (Ident "as") (Ident "x") (Ident "y"))
StmtList
  ForStmt
    Ident "i"
    Infix
      Ident ".."
      IntLit 0
      IntLit 1
    StmtList
      IfStmt
        ElifBranch
          Infix
            Ident "=="
            Ident "i"
            IntLit 0
          StmtList
            Command
              Ident "echo"
              Ident "i"
        Else
          StmtList
            DiscardStmt
              Empty
  VarSection
    IdentDefs
      Ident "a"
      Ident "b"
      Ident "int"
      IntLit 3
  LetSection
    VarTuple
      Ident "x"
      Ident "y"
      Empty
      TupleConstr
        IntLit 1
        IntLit 2
  CaseStmt
    Ident "a"
    OfBranch
      IntLit 1
      IntLit 2
      StmtList
        DiscardStmt
          Empty
    OfBranch
      Infix
        Ident ".."
        IntLit 3
        IntLit 4
      StmtList
        DiscardStmt
          Empty
    Else
      StmtList
        DiscardStmt
          Empty
  TryStmt
    StmtList
      Call
        Ident "foo"
    ExceptBranch
      Infix
        Ident "as"
        Ident "A"
        Ident "e"
      StmtList
        Call
          Ident "bar"
    ExceptBranch
      StmtList
        DiscardStmt
          Empty
    Finally
      StmtList
        DiscardStmt
          Empty
  WhileStmt
    Ident "true"
    StmtList
      BreakStmt
        Empty
  ProcDef
    Ident "f"
    Empty
    GenericParams
      IdentDefs
        Ident "T"
        Empty
        Empty
    FormalParams
      Ident "int"
      IdentDefs
        Ident "x"
        VarTy
          Ident "T"
        Empty
      IdentDefs
        Ident "y"
        Empty
        IntLit 1
    Pragma
      Ident "inline"
    Empty
    StmtList
      ReturnStmt
        Ident "x"
  TypeSection
    TypeDef
      Ident "X"
      Empty
      ObjectTy
        Empty
        OfInherit
          Ident "Y"
        RecList
          IdentDefs
            Postfix
              Ident "*"
              Ident "a"
            Ident "int"
            Empty
          RecCase
            IdentDefs
              Ident "k"
              Ident "bool"
              Empty
            OfBranch
              Ident "true"
              IdentDefs
                Ident "z"
                Ident "int"
                Empty
            Else
              NilLit
  ConstSection
    ConstDef
      Ident "c"
      Empty
      IntLit 1
  ImportStmt
    Infix
      Ident "/"
      Ident "a"
      Ident "b"
    Ident "c"
  WhenStmt
    ElifBranch
      Ident "a"
      StmtList
        DiscardStmt
          Empty
  Asgn
    DotExpr
      Ident "a"
      Ident "b"
    Ident "c"
  Call
    Ident "f"
    Ident "x"
    Do
      Empty
      Empty
      Empty
      FormalParams
        Ident "int"
        IdentDefs
          Ident "q"
          Ident "int"
          Empty
      Empty
      Empty
      StmtList
        Ident "q"
  BlockStmt
    Ident "foo"
    StmtList
      DiscardStmt
        Empty
  Asgn
    Ident "x"
    Ident "y"
  RaiseStmt
    Ident "e"
  YieldStmt
    IntLit 1
  Defer
    StmtList
      Call
        Ident "close"
  Infix
    Ident "+="
    AccQuoted
      Ident "a"
      Ident "b"
    IntLit 1
  StaticStmt
    StmtList
      DiscardStmt
        Empty
  UsingStmt
    IdentDefs
      Ident "x"
      Ident "int"
      Empty
  IncludeStmt
    Ident "z"
  FromStmt
    Ident "a"
    Ident "b"
  ExportStmt
    Ident "d"
  IteratorDef
    Ident "it"
    Empty
    Empty
    FormalParams
      Ident "int"
    Empty
    Empty
    StmtList
      YieldStmt
        IntLit 1
  TemplateDef
    Ident "t"
    Empty
    Empty
    FormalParams
      Empty
      IdentDefs
        Ident "x"
        Ident "untyped"
        Empty
    Empty
    Empty
    StmtList
      Ident "x"
  MacroDef
    Ident "m"
    Empty
    Empty
    FormalParams
      Ident "untyped"
    Empty
    Empty
    StmtList
      DiscardStmt
        Empty
  ConverterDef
    Ident "c"
    Empty
    Empty
    FormalParams
      Ident "string"
      IdentDefs
        Ident "x"
        Ident "int"
        Empty
    Empty
    Empty
    StmtList
      StrLit ""
  MethodDef
    Ident "q"
    Empty
    Empty
    FormalParams
      Empty
      IdentDefs
        Ident "x"
        Ident "A"
        Empty
    Pragma
      Ident "base"
    Empty
    StmtList
      DiscardStmt
        Empty
  FuncDef
    Ident "g"
    Empty
    Empty
    FormalParams
      Empty
    Empty
    Empty
    StmtList
      DiscardStmt
        Empty
  DiscardStmt
    TripleStrLit "a\nb"
  Command
    Ident "addr"
    Ident "x"
  Cast
    Ident "int"
    Ident "y"
  Infix
    Ident "..<"
    Ident "a"
    Ident "b"
  Prefix
    Ident "not"
    Ident "a"
  Asgn
    TupleConstr
      Ident "a"
      Ident "b"
    Ident "c"
  Pragma
    Ident "push"
    ExprColonExpr
      Ident "checks"
      Ident "off"
  IfStmt
    ElifBranch
      StmtListExpr
        LetSection
          IdentDefs
            Ident "a"
            Empty
            IntLit 1
        Ident "a"
      StmtList
        DiscardStmt
          Empty
  Infix
    Ident "=>"
    Call
      Ident "lambda"
      Ident "x"
    Ident "y"
  BracketExpr
    Ident "a"
    IntLit 1
    IntLit 2
  CurlyExpr
    Ident "a"
    IntLit 1
  Command
    Ident "echo"
    Ident "a"
    Ident "b"
  RStrLit "raw"
  CallStrLit
    Ident "f"
    RStrLit "fmt"
  Int8Lit 1
  IntLit 255
  FloatLit 1000.0
  CommentStmt "doc"
'''
"""
# Shapes of trees, what `quote` makes, and text as trees.
import std/[macros, strutils]
# quote with custom delimiters, nested quoting, symbols
macro b(n: untyped): untyped =
  let v = genSym(nskLet, "v")
  result = quote do:
    block:
      let `v` = `n`
      `v` + `v`
echo b(4)
macro c(name: untyped, body: untyped): untyped =
  let nm = ident("run" & capitalizeAscii($name))
  result = quote do:
    proc `nm`(times: int) =
      for i in 0 ..< times:
        `body`
c foo:
  stdout.write "x"
runFoo(3)
echo ""
macro d(t: typedesc, fields: varargs[untyped]): untyped =
  result = newTree(nnkObjConstr, t)
  for i, f in fields: result.add newColonExpr(f[0], f[1])
type O = object
  a: int
  b: string
echo d(O, a = 1, b = "x")
macro e(x: static[int]): untyped =
  var s = newStmtList()
  for i in 1..x:
    s.add quote do: stdout.write `i`, " "
  s
e(3)
echo ""
macro f(xs: varargs[int]): untyped =
  var r = newLit(0)
  for x in xs: r = quote do: `r` + `x`
  r
echo f(1, 2, 3)
macro g(b: bool): untyped =
  quote do:
    if not `b`: echo "failed: ", `b`.astToStr else: echo "passed"
g(1 == 1)
macro h(): untyped =
  let ids = @[ident"p", ident"q"]
  result = newStmtList()
  for i, id in ids:
    result.add quote do:
      let `id` {.inject.} = `i`
h()
echo p + q
macro typ(x: typed): untyped =
  let t = getTypeInst(x)
  quote do:
    var v: `t`
    v
echo typ(1), typ("s") == "", typ(@[1]).len
macro overloadd(x: int): string = newLit"int"
macro overloadd(x: string): string = newLit"string"
macro overloadd(x: untyped, y: untyped): string = newLit"two"
echo overloadd(1), overloadd("a"), overloadd(1, 2)
macro defs(x: untyped, y: untyped = nil): untyped = newLit($y.kind)
echo defs(1), defs(1, 2)
macro blockArg(head: untyped, body: untyped): untyped =
  newLit($head.kind & " " & $body.kind & " " & $body.len)
echo blockArg(a.b) do:
  discard
  discard
echo blockArg(x, (1; 2))
macro parseIt(s: static string): untyped = parseExpr(s)
echo parseIt("1 + 2 * 3")
macro stmts(s: static string): untyped = parseStmt(s)
stmts """
proc made(x: int): int =
  x * 7
let viaParse = made(6)
"""
echo viaParse
macro rep(x: untyped): string = newLit(x.repr)
echo rep(a + b), rep(f(x, y = 1)), rep([1, 2]), rep((a: 1)), rep(if a: b else: c), rep(x[1]), rep(-x), rep(not a), rep(@[1]), rep(a.b.c), rep(proc (x: int): int = x)
macro lisp(x: untyped): string = newLit(x.lispRepr)
echo lisp(a + 1), lisp(f x), lisp("s"), lisp(1.5), lisp('c'), lisp(nil), lisp(a[1]), lisp(x.y), lisp(@x), lisp({1: 2}), lisp({1}), lisp((1, 2)), lisp(x as y)
macro tree(x: untyped): untyped = newLit(x.treeRepr)
echo tree do:
  for i in 0..1:
    if i == 0: echo i
    else: discard
  var a, b: int = 3
  let (x, y) = (1, 2)
  case a
  of 1, 2: discard
  of 3..4: discard
  else: discard
  try: foo()
  except A as e: bar()
  except: discard
  finally: discard
  while true: break
  proc f[T](x: var T, y = 1): int {.inline.} = return x
  type X = object of Y
    a*: int
    case k: bool
    of true: z: int
    else: discard
  const c = 1
  import a/b, c
  when a: discard
  a.b = c
  f(x) do (q: int) -> int: q
  block foo: discard
  x = y
  raise e
  yield 1
  defer: close()
  `a b` += 1
  static: discard
  using x: int
  include z
  from a import b
  export d
  iterator it: int = yield 1
  template t(x: untyped) = x
  macro m(): untyped = discard
  converter c(x: int): string = ""
  method q(x: A) {.base.} = discard
  func g = discard
  discard """a
b"""
  addr x
  cast[int](y)
  a ..< b
  not a
  (a, b) = c
  {.push checks: off.}
  if (let a = 1; a): discard
  lambda(x) => y
  a[1, 2]
  a{1}
  echo a, b
  r"raw"
  f"fmt"
  1'i8
  0xFF
  1e3
  ##doc
