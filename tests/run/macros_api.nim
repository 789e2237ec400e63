discard """
  output: '''
IntLit 5"a\"b"'x'1.5'f64true
@[1, 2][1, 2](1, "a")(a: 1, b: "c"){1, 2}
foo(1)
if a:
  b
if a:
  b
proc foo(x: int): int =
  x

let x = 1var x = 1const
  x = 1
x = 1x.yx: y
block:
  x
and(a, and(b, c))
a + b-aa*
Infix
  Ident "+"
  Ident "a"
  Infix
    Ident "*"
    Ident "b"
    Ident "c"
(Infix (Ident "+") (Ident "a") (Infix (Ident "*") (Ident "b") (Ident "c")))
(StmtList
 (LetSection
  (IdentDefs
   (Ident "x")
   (Empty)
   (IntLit 1)))
 (Command
  (Ident "echo")
  (Ident "x")))
nnkInfix.newTree(
  newIdentNode("+"),
  newIdentNode("a"),
  nnkInfix.newTree(
    newIdentNode("*"),
    newIdentNode("b"),
    newIdentNode("c")
  )
)
truetruefalse
truefalse

z
a
c3c
0z
1a
2c
22
proc bar(): int {.inline.} =
  1

bar11 {.inline.}
a
bad
nnkEmptynnkNilLit
true
a + b * c
foobar
x
z
true
true
9
abc
3'u83'i641.5'f32
34
{nnkCommand, nnkCall, nnkCallStrLit, nnkInfix, nnkPrefix, nnkPostfix}19
+

'''
"""
import macros
# What std/macros has for making, changing, comparing and printing nodes.
macro m1(): untyped =
  var text = ""
  template say(args: varargs[string, `$`]) =
    for a in args: text.add a
    text.add "\n"
  say newLit(5).treeRepr, newLit("a\"b").repr, newLit('x').repr, newLit(1.5).repr, newLit(true).repr
  say newLit(@[1,2]).repr, newLit([1,2]).repr, newLit((1,"a")).repr, newLit((a: 1, b: "c")).repr, newLit({1,2}).repr
  say newCall("foo", newLit(1)).repr
  say newTree(nnkIfStmt, newTree(nnkElifBranch, ident"a", newStmtList(ident"b"))).repr
  say newIfStmt((ident"a", ident"b")).repr
  say newProc(ident"foo", [ident"int", newIdentDefs(ident"x", ident"int")], newStmtList(ident"x")).repr
  say newLetStmt(ident"x", newLit(1)).repr, newVarStmt(ident"x", newLit(1)).repr, newConstStmt(ident"x", newLit(1)).repr
  say newAssignment(ident"x", newLit(1)).repr, newDotExpr(ident"x", ident"y").repr, newColonExpr(ident"x", ident"y").repr
  say newBlockStmt(newStmtList(ident"x")).repr
  say nestList(ident"and", newTree(nnkBracket, ident"a", ident"b", ident"c")).repr
  say infix(ident"a", "+", ident"b").repr, prefix(ident"a", "-").repr, postfix(ident"a", "*").repr
  let x = parseExpr("a + b * c")
  say x.treeRepr
  say x.lispRepr
  say parseStmt("let x = 1\necho x").lispRepr(indented = true)
  say x.astGenRepr
  say eqIdent(ident"fooBar", "foobar"), eqIdent("a_b", "aB"), eqIdent(ident"A", "a")
  say x == parseExpr("a + b * c"), x == parseExpr("a + b")
  var y = newStmtList(ident"a", ident"b", ident"c")
  y.del(1)
  y.insert(0, ident"z")
  say y.repr, y.len, y[^1].repr
  for i, k in y: say i, k.repr
  say y[0..1].len, y[1..^1].len
  let p = newProc(ident"foo")
  p.addPragma(ident"inline")
  p.name = ident"bar"
  p.body = newStmtList(newLit(1))
  p.params = newTree(nnkFormalParams, ident"int")
  say p.repr
  say p.name.repr, p.params.len, p.body.len, p.pragma.repr
  say basename(postfix(ident"a", "*")).repr
  try: discard parseExpr("a + ")
  except ValueError: say "bad"
  say newEmptyNode().kind, newNilLit().kind
  let n: NimNode = nil
  say n.isNil
  say toStrLit(x).strVal
  say $ident"foo", $newLit("bar")
  say (newEmptyNode() or ident"x").repr
  say findChild(y, it.kind == nnkIdent).repr
  say hasArgOfName(newTree(nnkFormalParams, newEmptyNode(), newIdentDefs(ident"q", ident"int")), "q")
  say ident"a".lineInfoObj.line >= 0
  var q = newLit(3)
  q.intVal = 9
  say q.intVal
  var z = ident"abc"
  say z.strVal
  say newLit(3'u8).repr, newLit(3'i64).repr, newLit(1.5'f32).repr
  let c = copyNimTree(y); c.add ident"k"; say y.len, c.len
  say nnkCallKinds, nnkLiterals.card
  say unpackInfix(x).op
  result = newCall("echo", newLit(text))
m1()
