## Calls whose first argument, or argument `_`, is given apart, as `with` and `dup` take them.

import std/macros

proc completed(call, argument: NimNode): NimNode =
  case call.kind
  of nnkCallKinds:
    result = call.copyNimTree
    for i in 1 ..< call.len:
      if call[i].eqIdent("_"):
        result[i] = argument
        return
    result.insert(1, argument)
  of nnkAsgn, nnkExprEqExpr:
    let field = if call[0].kind == nnkDotExpr and call[0][0].eqIdent("_"): call[0][1] else: call[0]
    result = newAssignment(newDotExpr(argument, field), call[1])
  else: result = newCall(call, argument)

proc underscoredCalls*(result, calls, arg0: NimNode) =
  ## Adds the calls, completed with `arg0`, to `result`.
  expectKind calls, {nnkArgList, nnkStmtList, nnkStmtListExpr}
  for call in calls:
    if call.kind in {nnkStmtList, nnkStmtListExpr}: underscoredCalls(result, call, arg0)
    else: result.add completed(call, arg0)
