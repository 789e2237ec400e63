import macros
var hidden = 40
proc secret(x: int): int = x + hidden
macro useSecret*(x: untyped): untyped =
  let s = bindSym"secret"
  result = newCall(s, x)
macro useQuote*(x: untyped): untyped =
  result = quote do:
    secret(`x`) * 2
macro swapIt*(a, b: untyped): untyped =
  quote do:
    let tmp = `a`
    `a` = `b`
    `b` = tmp
macro defVar*(name: untyped, val: typed): untyped =
  newStmtList(newVarStmt(name, val))
macro defProc*(name: untyped): untyped =
  let n = ident("get" & $name)
  quote do:
    proc `n`*(x: int): string = "got " & $x
macro twiceBlk*(body: untyped): untyped =
  newStmtList(body, copyNimTree(body))
template tmpl*(x: int): int = x * 3
macro viaTmpl*(x: int): untyped =
  result = getAst(tmpl(x))
proc gen*[T](x: T): string {.used.} = "gen " & $x
macro callGen*(x: untyped): untyped = newCall(bindSym("gen", brForceOpen), x)
macro withParams*(a: int, b: string = "def"): untyped =
  newLit($a.kind & $b.kind & b.strVal)
iterator countTo*(n: int): int =
  for i in 1..n: yield i
macro forIt*(x: ForLoopStmt): untyped =
  let expr = x[0]
  let call = x[1][1]
  let body = x[2]
  result = newTree(nnkForStmt, expr, newCall(bindSym"countTo", call), body)
