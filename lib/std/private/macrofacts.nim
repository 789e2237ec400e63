# Part of `macros`: what macros ask of symbols and types beside their declarations.

proc isInstantiationOf*(instanceProcSym, genProcSym: NimNode): bool {.
  error: "not supported yet: 'isInstantiationOf'".}

include symbolfacts

proc getProjectPath*(): string =
  ## The directory of the program's main module.
  var r = askCompiler("P")
  let path = r.treeString
  var last = path.len - 1
  while last > 0 and path[last] != '/': dec last
  path[0 ..< last]

proc callsite*(): NimNode =
  ## The call of the macro that runs, as it is written.
  factTree askCompiler("c\0")

proc owner*(sym: NimNode): NimNode =
  ## The routine or module in which a symbol is declared.
  needs(sym.kind == nnkSym, sym, "symbol")
  factTree fact('o', 0, sym)

proc identityOf(n: NimNode): string =
  var r = fact('s', 0, n)
  r.treeString

proc sameType*(a, b: NimNode): bool =
  ## Have they the same type? A name of a type stands for it.
  proc typeIdentity(n: NimNode): string =
    let inst = n.getTypeInst
    let named = inst.kind == nnkBracketExpr and inst.len == 2 and inst[0].eqIdent("typeDesc")
    repr(if named: inst[1] else: inst)
  a.nodeType == b.nodeType or typeIdentity(a) == typeIdentity(b)

proc hashText(text: string): string =
  const digits = "0123456789abcdef"
  for start in [0xcbf29ce484222325'u64, 0x84222325cbf29ce4'u64]:
    var h = start
    for c in text: h = (h xor uint64(ord(c))) * 0x100000001b3'u64
    for i in 0 ..< 16:
      result.add digits[int(h and 15)]
      h = h shr 4

proc signatureHash*(n: NimNode): string =
  ## A text that tells a symbol from others, stable between compilations.
  needs(n.kind == nnkSym, n, "symbol")
  hashText(identityOf(n))

proc symBodyHash*(s: NimNode): string =
  ## A text that tells apart symbols and their declarations.
  needs(s.kind == nnkSym, s, "symbol")
  hashText(identityOf(s) & repr(s.getImpl))

proc measured(n: NimNode, mode: int): int =
  var r = fact('z', mode, n)
  r.treeNumber
proc getSize*(arg: NimNode): int = measured(arg, 0)
  ## `sizeof` of the node's type.
proc getAlign*(arg: NimNode): int = measured(arg, 1)
  ## `alignof` of the node's type.
proc getOffset*(arg: NimNode): int = measured(arg, 2)
  ## Where a field, as `getTypeImpl` gives it, starts in its object.

macro expandMacros*(body: typed): untyped =
  ## The block as it is. What its templates and macros make of it is printed.
  echo body.toStrLit
  body
