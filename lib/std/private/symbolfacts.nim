# What a macro asks the compiler about a node: a part of modules for macros.

proc fact(what: char, mode: int, n: NimNode): TreeReader =
  var request = $what
  request.putNumber mode
  request.putString(if n.kind in {nnkSym, nnkIdent}: n.nodeText else: "")
  request.putNumber n.nodeType
  request.putNumber(if n.kind == nnkSym: n.nodeSym else: 0)
  askCompiler(request)

proc factTree(r: TreeReader): NimNode =
  var reader = r
  var fresh: seq[int]
  reader.treeNode([], fresh)
