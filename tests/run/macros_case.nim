discard """
  output: '''
three
yes
'''
"""
# Macros named `case` take the statement over values that no `case` can be over.
{.experimental: "caseStmtMacros".}
import std/macros
type Matcher = object
  v: int
macro `case`(n: Matcher): untyped =
  result = newTree(nnkIfStmt)
  let sel = n[0]
  for i in 1 ..< n.len:
    let it = n[i]
    case it.kind
    of nnkElse, nnkElifBranch, nnkElifExpr, nnkElseExpr: result.add it
    of nnkOfBranch:
      for j in 0 .. it.len - 2:
        let cond = newCall("==", newDotExpr(sel, ident"v"), it[j])
        result.add newTree(nnkElifBranch, cond, it[^1])
    else: error "bad", it
let m = Matcher(v: 3)
case m
of 1, 2: echo "low"
of 3: echo "three"
else: echo "other"
macro `case`(n: tuple): untyped =
  result = newTree(nnkIfStmt)
  let selector = n[0]
  for i in 1 ..< n.len:
    let it = n[i]
    case it.kind
    of nnkElse, nnkElifBranch, nnkElifExpr, nnkElseExpr: result.add it
    of nnkOfBranch:
      for j in 0 .. it.len - 2:
        result.add newTree(nnkElifBranch, newCall("==", selector, it[j]), it[^1])
    else: error "no", it
case ("foo", 78)
of ("foo", 78): echo "yes"
of ("bar", 88): echo "no"
else: discard
