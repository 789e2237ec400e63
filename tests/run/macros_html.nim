discard """
  output: '''
<tdiv class="x"><h1>A&lt;B</h1><li>1</li><li>2</li><li>3</li><p>long</p></tdiv>
'''
"""
# A builder of text out of nested blocks, with loops and conditions in them.
import std/[macros, strutils]
proc esc(s: string): string = s.replace("<", "&lt;")
macro html(body: untyped): string =
  let res = genSym(nskVar, "res")
  proc build(n: NimNode, outp: NimNode) =
    case n.kind
    of nnkStmtList:
      for k in n: build(k, outp)
    of nnkCall, nnkCommand:
      let tag = $n[0]
      if tag == "text":
        outp.add newCall(bindSym"add", res, newCall(bindSym"esc", n[1]))
        return
      var attrs = newStmtList()
      outp.add newCall(bindSym"add", res, newLit("<" & tag))
      for i in 1 ..< n.len:
        if n[i].kind == nnkExprEqExpr:
          outp.add newCall(bindSym"add", res, infix(newLit(" " & $n[i][0] & "=\""), "&", infix(n[i][1], "&", newLit("\""))))
      outp.add newCall(bindSym"add", res, newLit(">"))
      if n[^1].kind == nnkStmtList: build(n[^1], outp)
      outp.add newCall(bindSym"add", res, newLit("</" & tag & ">"))
    of nnkForStmt:
      let inner = newStmtList()
      build(n[^1], inner)
      let f = copyNimTree(n)
      f[f.len-1] = inner
      outp.add f
    of nnkIfStmt:
      let f = copyNimTree(n)
      for b in f:
        let inner = newStmtList()
        build(b[^1], inner)
        b[b.len-1] = inner
      outp.add f
    else:
      error("unexpected " & $n.kind, n)
  let stmts = newStmtList(newVarStmt(res, newLit("")))
  build(body, stmts)
  stmts.add res
  result = newBlockStmt(stmts)

let title = "A<B"
echo html do:
  tdiv(class = "x"):
    h1: text title
    for i in 1..3:
      li: text $i
    if title.len > 2:
      p: text "long"
    else:
      p: text "short"
