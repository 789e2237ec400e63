import std/[macros, strutils]
const listFile {.strdefine.} = ""
const outDir {.strdefine.} = ""

proc walk(n: NimNode, depth: int, lines: var string) =
  var name = $n.kind
  for i in 1 .. depth: lines.add ' '
  for i in 3 ..< name.len: lines.add name[i]
  case n.kind
  of nnkIdent:
    let s = n.strVal
    lines.add ' '
    for i, c in s:
      if c == '_' and s.len > 1: continue
      lines.add(if i == 0: c else: toLowerAscii(c))
  of nnkCharLit .. nnkUInt64Lit:
    lines.add ' '
    lines.add $n.intVal
  of nnkFloatLit .. nnkFloat128Lit:
    lines.add ' '
    lines.add $cast[int64](n.floatVal)
  of nnkStrLit .. nnkTripleStrLit:
    lines.add ' '
    lines.add n.strVal.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
  else: discard
  lines.add '\n'
  for kid in n: walk(kid, depth + 1, lines)

macro dumpAll() =
  var number = 0
  for file in splitLines(staticRead(listFile)):
    if file.len == 0: continue
    var lines = ""
    try:
      let tree = parseStmt(staticRead(file))
      if tree.kind == nnkStmtList:
        for stmt in tree: walk(stmt, 0, lines)
      else:
        walk(tree, 0, lines)
    except ValueError as e:
      lines = "Error: " & e.msg.split("Error: ")[^1] & "\n"
    writeFile(outDir & "/" & $number & ".txt", lines)
    inc number

dumpAll()
