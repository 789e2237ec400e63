discard """
  output: '''
ok: 1 + 1 == 2
FAILED: x * 2 > 10 where 10 and 10
17
40
open => open
close => closed
lock => locked
open => locked
unlock => closed
'''
"""
# Assertions that show their operands, pipelines, a state machine.
import std/macros
macro check2(cond: untyped): untyped =
  cond.expectKind nnkInfix
  let (l, op, r) = cond.unpackInfix
  let s = cond.repr
  let opn = ident(op)
  result = quote do:
    let a = `l`
    let b = `r`
    if `opn`(a, b): echo "ok: ", `s`
    else: echo "FAILED: ", `s`, " where ", a, " and ", b
block:
  check2 1 + 1 == 2
block:
  let x = 5
  check2 x * 2 > 10

macro pipe(x: untyped, fs: varargs[untyped]): untyped =
  result = x
  for f in fs:
    if f.kind in CallNodes:
      var c = copyNimTree(f)
      c.insert(1, result)
      result = c
    else:
      result = newCall(f, result)
proc add1(x: int): int = x + 1
proc mul(x, y: int): int = x * y
echo pipe(3, add1, mul(4), add1())

macro `|>`(a, b: untyped): untyped =
  case b.kind
  of nnkCall, nnkCommand:
    result = b
    result.insert(1, a)
  else: result = newCall(b, a)
echo 3 |> add1 |> mul(10)

macro stateMachine(name: untyped, body: untyped): untyped =
  result = newStmtList()
  var states, cases = newSeq[NimNode]()
  let enumName = ident($name & "State")
  var caseStmt = newTree(nnkCaseStmt, ident"s")
  for s in body:
    s.expectKind nnkCall
    states.add s[0]
    var branch = newTree(nnkCaseStmt, ident"ev")
    for t in s[1]:
      t.expectKind nnkInfix
      branch.add newTree(nnkOfBranch, t[1], newStmtList(newTree(nnkReturnStmt, t[2])))
    branch.add newTree(nnkElse, newStmtList(newTree(nnkReturnStmt, ident"s")))
    caseStmt.add newTree(nnkOfBranch, s[0], newStmtList(branch))
  result.add newEnum(enumName, states, false, false)
  result.add newProc(ident("next" & $name), [enumName, newIdentDefs(ident"s", enumName), newIdentDefs(ident"ev", ident"string")], newStmtList(caseStmt))
stateMachine Door:
  open:
    "close" -> closed
  closed:
    "open" -> open
    "lock" -> locked
  locked:
    "unlock" -> closed
var s = closed
for ev in ["open", "close", "lock", "open", "unlock"]:
  s = nextDoor(s, ev)
  echo ev, " => ", s
