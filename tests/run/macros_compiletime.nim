discard """
  output: '''
1 2 3
4
5
@["foo", "bar"]
i = 0
i = 1
i = 4
I am alphaI am beta
x1=3;x1 + 1=4;"s"=s;
6
1410
51
11
'''
"""
# State between calls of macros, static parameters, procs on nodes, getAst.
import std/[macros, strformat]
var counter {.compileTime.} = 0
macro nextId(): int =
  inc counter
  result = newLit(counter)
echo nextId(), " ", nextId(), " ", nextId()
let a = nextId()
echo a
const k = nextId()
echo k
var registry {.compileTime.}: seq[string]
macro regProc(p: untyped): untyped =
  registry.add $p.name
  p
proc foo() {.regProc.} = discard
proc bar() {.regProc.} = discard
macro registered(): untyped = newLit(registry)
echo registered()
macro unroll(n: static int, name: untyped, body: untyped): untyped =
  result = newStmtList()
  for i in 0 ..< n:
    result.add newBlockStmt(newStmtList(newConstStmt(name, newLit(i)), copyNimTree(body)))
unroll(3, i):
  echo "i = ", i * i
macro genProcs(names: static[seq[string]]): untyped =
  result = newStmtList()
  for n in names:
    result.add newProc(ident(n), [ident"string"], newStmtList(newLit("I am " & n)))
genProcs(@["alpha", "beta"])
echo alpha(), beta()
macro fmtAll(args: varargs[untyped]): string =
  result = newLit("")
  for a in args: result = infix(result, "&", infix(newLit(a.repr & "="), "&", infix(newCall("$", a), "&", newLit(";"))))
let x1 = 3
echo fmtAll(x1, x1 + 1, "s")
macro sumAll(args: varargs[int]): int =
  result = newLit(0)
  for a in args: result = infix(result, "+", a)
echo sumAll(1, 2, 3)
proc helper(n: NimNode, depth: int): NimNode {.compileTime.} =
  result = copyNimNode(n)
  for k in n: result.add helper(k, depth + 1)
  if n.kind == nnkIntLit: result = newLit(n.intVal * 10)
macro times10(e: untyped): untyped = helper(e, 0)
echo times10(1 + 2 * (3 + 4))
template tw(e: untyped): untyped = times10(e) + 1
echo tw(5)
macro viaAst(e: untyped): untyped =
  template t(a, b: untyped): untyped =
    let tmp = a
    tmp + b
  result = getAst(t(e, 7))
echo viaAst(4)
