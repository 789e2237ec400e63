## Syntax trees, as macros take and make them.

type
  NimNodeKind* = enum
    ## What a node is.
    nnkNone, nnkEmpty, nnkIdent, nnkSym, nnkType, nnkCharLit, nnkIntLit, nnkInt8Lit, nnkInt16Lit, nnkInt32Lit,
    nnkInt64Lit, nnkUIntLit, nnkUInt8Lit, nnkUInt16Lit, nnkUInt32Lit, nnkUInt64Lit, nnkFloatLit, nnkFloat32Lit,
    nnkFloat64Lit, nnkFloat128Lit, nnkStrLit, nnkRStrLit, nnkTripleStrLit, nnkNilLit, nnkComesFrom, nnkDotCall,
    nnkCommand, nnkCall, nnkCallStrLit, nnkInfix, nnkPrefix, nnkPostfix, nnkHiddenCallConv, nnkExprEqExpr,
    nnkExprColonExpr, nnkIdentDefs, nnkVarTuple, nnkPar, nnkObjConstr, nnkCurly, nnkCurlyExpr, nnkBracket,
    nnkBracketExpr, nnkPragmaExpr, nnkRange, nnkDotExpr, nnkCheckedFieldExpr, nnkDerefExpr, nnkIfExpr, nnkElifExpr,
    nnkElseExpr, nnkLambda, nnkDo, nnkAccQuoted, nnkTableConstr, nnkBind, nnkClosedSymChoice, nnkOpenSymChoice,
    nnkHiddenStdConv, nnkHiddenSubConv, nnkConv, nnkCast, nnkStaticExpr, nnkAddr, nnkHiddenAddr, nnkHiddenDeref,
    nnkObjDownConv, nnkObjUpConv, nnkChckRangeF, nnkChckRange64, nnkChckRange, nnkStringToCString,
    nnkCStringToString, nnkAsgn, nnkFastAsgn, nnkGenericParams, nnkFormalParams, nnkOfInherit, nnkImportAs,
    nnkProcDef, nnkMethodDef, nnkConverterDef, nnkMacroDef, nnkTemplateDef, nnkIteratorDef, nnkOfBranch,
    nnkElifBranch, nnkExceptBranch, nnkElse, nnkAsmStmt, nnkPragma, nnkPragmaBlock, nnkIfStmt, nnkWhenStmt,
    nnkForStmt, nnkParForStmt, nnkWhileStmt, nnkCaseStmt, nnkTypeSection, nnkVarSection, nnkLetSection,
    nnkConstSection, nnkConstDef, nnkTypeDef, nnkYieldStmt, nnkDefer, nnkTryStmt, nnkFinally, nnkRaiseStmt,
    nnkReturnStmt, nnkBreakStmt, nnkContinueStmt, nnkBlockStmt, nnkStaticStmt, nnkDiscardStmt, nnkStmtList,
    nnkImportStmt, nnkImportExceptStmt, nnkExportStmt, nnkExportExceptStmt, nnkFromStmt, nnkIncludeStmt, nnkBindStmt,
    nnkMixinStmt, nnkUsingStmt, nnkCommentStmt, nnkStmtListExpr, nnkBlockExpr, nnkStmtListType, nnkBlockType,
    nnkWith, nnkWithout, nnkTypeOfExpr, nnkObjectTy, nnkTupleTy, nnkTupleClassTy, nnkTypeClassTy, nnkStaticTy,
    nnkRecList, nnkRecCase, nnkRecWhen, nnkRefTy, nnkPtrTy, nnkVarTy, nnkConstTy, nnkMutableTy, nnkDistinctTy,
    nnkProcTy, nnkIteratorTy, nnkSharedTy, nnkEnumTy, nnkEnumFieldDef, nnkArgList, nnkPattern, nnkHiddenTryStmt,
    nnkClosure, nnkGotoState, nnkState, nnkBreakState, nnkFuncDef, nnkTupleConstr, nnkError
  NimNodeKinds* = set[NimNodeKind]
  NimTypeKind* = enum
    ## What a type is.
    ntyNone, ntyBool, ntyChar, ntyEmpty, ntyAlias, ntyNil, ntyExpr, ntyStmt, ntyTypeDesc, ntyGenericInvocation,
    ntyGenericBody, ntyGenericInst, ntyGenericParam, ntyDistinct, ntyEnum, ntyOrdinal, ntyArray, ntyObject, ntyTuple,
    ntySet, ntyRange, ntyPtr, ntyRef, ntyVar, ntySequence, ntyProc, ntyPointer, ntyOpenArray, ntyString, ntyCString,
    ntyForward, ntyInt, ntyInt8, ntyInt16, ntyInt32, ntyInt64, ntyFloat, ntyFloat32, ntyFloat64, ntyFloat128, ntyUInt,
    ntyUInt8, ntyUInt16, ntyUInt32, ntyUInt64, ntyUnused0, ntyUnused1, ntyUnused2, ntyVarargs, ntyUncheckedArray,
    ntyError, ntyBuiltinTypeClass, ntyUserTypeClass, ntyUserTypeClassInst, ntyCompositeTypeClass, ntyInferred, ntyAnd,
    ntyOr, ntyNot, ntyAnything, ntyStatic, ntyFromExpr, ntyOptDeprecated, ntyVoid
  TNimTypeKinds* = set[NimTypeKind]
  NimSymKind* = enum
    ## What a symbol is.
    nskUnknown, nskConditional, nskDynLib, nskParam, nskGenericParam, nskTemp, nskModule, nskType, nskVar, nskLet,
    nskConst, nskResult, nskProc, nskFunc, nskMethod, nskIterator, nskConverter, nskMacro, nskTemplate, nskField,
    nskEnumField, nskForVar, nskLabel, nskStub
  BindSymRule* = enum
    ## How overloads are found.
    brClosed, brOpen, brForceOpen
  LineInfo* = object
    ## A place in a file.
    filename*: string
    line*, column*: int


const
  nnkLiterals* = {nnkCharLit .. nnkNilLit}
  nnkCallKinds* = {nnkCall, nnkInfix, nnkPrefix, nnkPostfix, nnkCommand, nnkCallStrLit}
  nnkPragmaCallKinds = {nnkExprColonExpr, nnkCall, nnkCallStrLit}
  RoutineNodes* = {nnkProcDef, nnkFuncDef, nnkMethodDef, nnkDo, nnkLambda, nnkIteratorDef, nnkTemplateDef,
                   nnkConverterDef, nnkMacroDef}
  AtomicNodes* = {nnkEmpty .. nnkNilLit}
  CallNodes* = {nnkCall, nnkInfix, nnkPrefix, nnkPostfix, nnkCommand, nnkCallStrLit, nnkHiddenCallConv}
  nnkIntKinds = {nnkCharLit .. nnkUInt64Lit}
  nnkFloatKinds = {nnkFloatLit .. nnkFloat128Lit}
  nnkTextKinds = {nnkStrLit .. nnkTripleStrLit, nnkCommentStmt}
  # How a node travels: see `system/trees`.
  shapeNothing = 0
  shapeName = 1
  shapeInt = 2
  shapeFloat = 3
  shapeText = 4
  shapeSymbol = 5
  shapeKids = 6

proc kind*(n: NimNode): NimNodeKind =
  ## What the node is.
  if n == nil: nnkNilLit else: NimNodeKind(n.nodeKind)

proc error*(msg: string, n: NimNode = nil) =
  ## Ends the compilation with a message at the node.
  var request = "e"
  request.putPlace n
  request.putString msg
  discard askCompiler(request) # does not come back

proc warning*(msg: string, n: NimNode = nil) =
  ## A warning of the compiler's.
  var request = "w"
  request.putPlace n
  request.putString msg
  discard askCompiler(request)

proc hint*(msg: string, n: NimNode = nil) =
  ## A hint of the compiler's.
  var request = "h"
  request.putPlace n
  request.putString msg
  discard askCompiler(request)

# Making nodes.

proc shapeOf(kind: NimNodeKind): int =
  case kind
  of nnkNone, nnkEmpty, nnkNilLit, nnkType: shapeNothing
  of nnkIdent: shapeName
  of nnkSym: shapeSymbol
  of nnkCharLit .. nnkUInt64Lit: shapeInt
  of nnkFloatLit .. nnkFloat128Lit: shapeFloat
  of nnkStrLit .. nnkTripleStrLit, nnkCommentStmt: shapeText
  else: shapeKids

proc copyLineInfo*(arg: NimNode, info: NimNode) =
  ## Has `arg` stand where `info` stands.
  if info != nil:
    arg.nodeFile = info.nodeFile
    arg.nodeStart = info.nodeStart
    arg.nodeEnd = info.nodeEnd

proc newNimNode*(kind: NimNodeKind, lineInfoFrom: NimNode = nil): NimNode =
  ## A node without children.
  result = NimNode(nodeKind: ord(kind), nodeShape: shapeOf(kind))
  result.copyLineInfo lineInfoFrom

proc ident*(name: string): NimNode =
  ## An identifier.
  result = newNimNode(nnkIdent)
  result.nodeText = name
proc newIdentNode*(i: string): NimNode = ident(i)
proc newEmptyNode*(): NimNode = newNimNode(nnkEmpty)
proc newNilLit*(): NimNode = newNimNode(nnkNilLit)
proc newStrLitNode*(s: string): NimNode =
  result = newNimNode(nnkStrLit)
  result.nodeText = s
proc newCommentStmtNode*(s: string): NimNode =
  result = newNimNode(nnkCommentStmt)
  result.nodeText = s
proc newIntLitNode*(i: BiggestInt): NimNode =
  result = newNimNode(nnkIntLit)
  result.nodeInt = i
proc newFloatLitNode*(f: BiggestFloat): NimNode =
  result = newNimNode(nnkFloatLit)
  result.nodeFloat = f
proc copyNimNode*(n: NimNode): NimNode =
  ## A copy without the children.
  if n == nil: return nil
  result = NimNode()
  result[] = n[]
  result.nodeKids.setLen 0
proc copyNimTree*(n: NimNode): NimNode =
  ## A copy of the whole tree.
  if n == nil: return nil
  result = NimNode()
  result[] = n[]
  for i in 0 ..< n.nodeKids.len: result.nodeKids[i] = copyNimTree(n.nodeKids[i])
proc copy*(node: NimNode): NimNode = copyNimTree(node)
proc genSym*(kind: NimSymKind = nskLet; ident = ""): NimNode =
  ## A symbol with a name of its own.
  result = newNimNode(nnkSym)
  result.nodeText = if ident.len == 0: ":tmp" else: ident
  result.nodeSymKind = ord(kind)
  result.nodeSym = freshNumber() shl 3 or 1

# Looking at nodes.

proc len*(n: NimNode): int =
  ## The number of children.
  n.nodeKids.len

proc `[]`*(n: NimNode, i: int): NimNode =
  ## A child.
  if i < 0 or i >= n.nodeKids.len:
    raise newException(IndexDefect, "index " & $i & " not in 0 .. " & $(n.nodeKids.len - 1))
  n.nodeKids[i]
proc `[]`*(n: NimNode, i: BackwardsIndex): NimNode = n[n.len - i.int]
proc `[]`*[T, U: Ordinal](n: NimNode, x: HSlice[T, U]): seq[NimNode] =
  ## Several children.
  let first = when x.a is BackwardsIndex: n.len - int(x.a) else: int(x.a)
  let last = when x.b is BackwardsIndex: n.len - int(x.b) else: int(x.b)
  for i in first .. last: result.add n[i]
proc `[]`*[T](n: NimNode, x: HSlice[T, BackwardsIndex]): seq[NimNode] =
  ## Several children, to one that is counted from the end.
  let first = when x.a is BackwardsIndex: n.len - int(x.a) else: int(x.a)
  for i in first .. n.len - int(x.b): result.add n[i]
proc checkHasKids(n: NimNode) =
  if n.nodeShape != shapeKids: error("cannot add to node kind: " & $n.kind)
proc `[]=`*(n: NimNode, i: int, child: NimNode) =
  ## Replaces a child.
  if i < 0 or i >= n.nodeKids.len:
    raise newException(IndexDefect, "index " & $i & " not in 0 .. " & $(n.nodeKids.len - 1))
  n.nodeKids[i] = child
proc `[]=`*(n: NimNode, i: BackwardsIndex, child: NimNode) = n[n.len - i.int] = child

template `or`*(x, y: NimNode): NimNode =
  ## `x` unless it is empty.
  if x != nil and (x.kind != nnkEmpty or x.len > 0): x else: y

proc add*(father, child: NimNode): NimNode {.discardable.} =
  ## Adds a child; gives the node.
  checkHasKids father
  father.nodeKids.add child
  father
proc add*(father: NimNode, children: varargs[NimNode]): NimNode {.discardable.} =
  ## Adds children; gives the node.
  checkHasKids father
  for child in children: father.nodeKids.add child
  father
proc del*(father: NimNode, idx = 0, n = 1) =
  ## Removes children.
  for i in 1 .. n:
    if idx < father.nodeKids.len: father.nodeKids.delete idx
proc insert*(a: NimNode; pos: int; b: NimNode) =
  ## Puts a child in front of the one at `pos`.
  checkHasKids a
  while a.nodeKids.len < pos: a.nodeKids.add newEmptyNode()
  a.nodeKids.insert(b, pos)

proc needs(ok: bool, n: NimNode, what: string) =
  if not ok: error("node lacks field: " & what)

proc intVal*(n: NimNode): BiggestInt =
  ## The value of an integer or character literal.
  needs(n.kind in nnkIntKinds or n.kind == nnkSym and NimSymKind(n.nodeSymKind) == nskEnumField, n, "intVal")
  n.nodeInt
proc floatVal*(n: NimNode): BiggestFloat =
  ## The value of a float literal.
  needs(n.kind in nnkFloatKinds, n, "floatVal")
  n.nodeFloat
proc strVal*(n: NimNode): string =
  ## The text of a literal, comment, identifier or symbol.
  case n.kind
  of nnkStrLit .. nnkTripleStrLit, nnkCommentStmt, nnkIdent, nnkSym: result = n.nodeText
  of nnkOpenSymChoice, nnkClosedSymChoice: result = n.nodeKids[0].nodeText
  else: needs(false, n, "strVal")
proc `intVal=`*(n: NimNode, val: BiggestInt) =
  needs(n.kind in nnkIntKinds, n, "intVal")
  n.nodeInt = val
proc `floatVal=`*(n: NimNode, val: BiggestFloat) =
  needs(n.kind in nnkFloatKinds, n, "floatVal")
  n.nodeFloat = val
proc `strVal=`*(n: NimNode, val: string) =
  needs(n.kind in nnkTextKinds or n.kind == nnkIdent, n, "strVal")
  n.nodeText = val
proc symKind*(symbol: NimNode): NimSymKind =
  ## What kind of symbol it is.
  needs(symbol.kind == nnkSym, symbol, "symbol")
  NimSymKind(symbol.nodeSymKind)

proc sameName(a, b: string): bool =
  proc skips(c: char): bool = c == '_'
  if a.len == 0 or b.len == 0: return a.len == b.len
  if a[0] != b[0]: return false
  var i = 1
  var j = 1
  while true:
    while i < a.len and skips(a[i]): inc i
    while j < b.len and skips(b[j]): inc j
    if i >= a.len or j >= b.len: return i >= a.len and j >= b.len
    let x = if a[i] in {'A'..'Z'}: char(ord(a[i]) + 32) else: a[i]
    let y = if b[j] in {'A'..'Z'}: char(ord(b[j]) + 32) else: b[j]
    if x != y: return false
    inc i
    inc j

proc `==`*(a, b: NimNode): bool =
  ## Have they the same content?
  if cast[pointer](a) == cast[pointer](b): return true
  if cast[pointer](a) == nil or cast[pointer](b) == nil: return false
  if a.nodeKind != b.nodeKind or a.nodeKids.len != b.nodeKids.len: return false
  case a.nodeShape
  of shapeName: return sameName(a.nodeText, b.nodeText)
  of shapeText: return a.nodeText == b.nodeText
  of shapeInt: return a.nodeInt == b.nodeInt
  of shapeFloat: return a.nodeFloat == b.nodeFloat
  of shapeSymbol: return sameName(a.nodeText, b.nodeText) and a.nodeSym == b.nodeSym
  else:
    for i in 0 ..< a.nodeKids.len:
      if not (a.nodeKids[i] == b.nodeKids[i]): return false
    return true

iterator items*(n: NimNode): NimNode =
  ## The children.
  for i in 0 ..< n.len: yield n[i]
iterator pairs*(n: NimNode): (int, NimNode) =
  ## The children with their numbers.
  for i in 0 ..< n.len: yield (i, n[i])
iterator children*(n: NimNode): NimNode =
  ## The children.
  for i in 0 ..< n.len: yield n[i]

template findChild*(n: NimNode; cond: untyped): NimNode {.dirty.} =
  ## The first child, called `it`, for which `cond` holds; nil if there is none.
  block:
    var res: NimNode
    for it in n.children:
      if cond:
        res = it
        break
    res

proc last*(node: NimNode): NimNode = node[node.len - 1]

# Text.

proc repr*(n: NimNode): string =
  ## The tree as source text.
  var request = "r"
  request.putNode n
  var r = askCompiler(request)
  r.treeString

proc toStrLit*(n: NimNode): NimNode =
  ## The tree's source text as a literal.
  newStrLitNode(repr(n))

proc eqIdent*(a: string; b: string): bool =
  ## Are they the same identifier?
  sameName(a, b)
proc eqIdent*(a: NimNode; b: string): bool =
  ## Is it that identifier?
  case a.kind
  of nnkIdent, nnkSym, nnkOpenSymChoice, nnkClosedSymChoice: sameName(a.strVal, b)
  of nnkPostfix: a.len == 2 and eqIdent(a[1], b)
  of nnkAccQuoted: a.len == 1 and eqIdent(a[0], b)
  else: false
proc eqIdent*(a: string; b: NimNode): bool = eqIdent(b, a)
proc eqIdent*(a: NimNode; b: NimNode): bool =
  ## Are they the same identifier?
  case b.kind
  of nnkIdent, nnkSym, nnkOpenSymChoice, nnkClosedSymChoice: eqIdent(a, b.strVal)
  of nnkPostfix: b.len == 2 and eqIdent(a, b[1])
  of nnkAccQuoted: b.len == 1 and eqIdent(a, b[0])
  else: false

proc escaped(s: string): string =
  const digits = "0123456789ABCDEF"
  result = "\""
  for c in s:
    case c
    of '\a': result.add "\\a"
    of '\b': result.add "\\b"
    of '\t': result.add "\\t"
    of '\n': result.add "\\n"
    of '\v': result.add "\\v"
    of '\f': result.add "\\f"
    of '\r': result.add "\\r"
    of '\e': result.add "\\e"
    of '\0' .. '\6', '\14' .. '\26', '\28' .. '\31', '\127':
      result.add "\\x"
      result.add digits[ord(c) shr 4]
      result.add digits[ord(c) and 15]
    of '\\': result.add "\\\\"
    of '\'': result.add "\\'"
    of '"': result.add "\\\""
    else: result.add c
  result.add "\""

proc kindName(n: NimNode): string =
  result = $n.kind
  result = result[3 .. ^1]

proc traverse(n: NimNode; res: var string; level: int; lisp, indented: bool) =
  if level > 0:
    if indented:
      res.add "\n"
      for i in 1 .. level: res.add(if lisp: " " else: "  ")
    else: res.add " "
  if lisp: res.add "("
  res.add n.kindName
  case n.kind
  of nnkEmpty, nnkNilLit: discard
  of nnkCharLit .. nnkInt64Lit: res.add " " & $n.intVal
  of nnkUIntLit .. nnkUInt64Lit: discard
  of nnkFloatLit .. nnkFloat64Lit: res.add " " & $n.floatVal
  of nnkStrLit .. nnkTripleStrLit, nnkCommentStmt, nnkIdent, nnkSym: res.add " " & escaped(n.strVal)
  of nnkNone: discard
  of nnkOpenSymChoice, nnkClosedSymChoice:
    res.add " " & $n.len
    if n.len > 0: res.add " " & escaped(n[0].strVal)
  else:
    for i in 0 ..< n.len: traverse(n[i], res, level + 1, lisp, indented)
  if lisp: res.add ")"

proc treeRepr*(n: NimNode): string =
  ## The tree, a node a line.
  result = ""
  traverse(n, result, 0, false, true)
proc lispRepr*(n: NimNode; indented = false): string =
  ## The tree in parentheses.
  result = ""
  traverse(n, result, 0, true, indented)

proc checkKind(n: NimNode, ok: bool, what: string) =
  if not ok: error("Expected a node of kind " & what & ", got " & $n.kind, n)

proc expectKind*(n: NimNode, k: NimNodeKind) =
  ## Ends the compilation unless the node is of this kind.
  checkKind(n, n.kind == k, $k)
proc expectKind*(n: NimNode; k: set[NimNodeKind]) =
  ## Ends the compilation unless the node is of one of these kinds.
  if n.kind notin k:
    var kinds = "{"
    for kind in k:
      if kinds.len > 1: kinds.add ", "
      kinds.add $kind
    error("Expected one of " & kinds & "}, got " & $n.kind, n)
proc expectMinLen*(n: NimNode, min: int) =
  ## Ends the compilation if the node has fewer children.
  if n.len < min: error("Expected a node with at least " & $min & " children, got " & $n.len, n)
proc expectLen*(n: NimNode, len: int) =
  ## Ends the compilation unless the node has so many children.
  if n.len != len: error("Expected a node with " & $len & " children, got " & $n.len, n)
proc expectLen*(n: NimNode, min, max: int) =
  ## Ends the compilation unless the number of the node's children is in a range.
  if n.len < min or n.len > max:
    error("Expected a node with " & $min & ".." & $max & " children, got " & $n.len, n)
proc expectIdent*(n: NimNode, name: string) =
  ## Ends the compilation unless the node is this identifier.
  if not eqIdent(n, name): error("Expected identifier to be `" & name & "` here", n)

proc newTree*(kind: NimNodeKind, children: varargs[NimNode]): NimNode =
  ## A node with children.
  result = newNimNode(kind)
  for child in children: result.add child
proc newCall*(theProc: NimNode, args: varargs[NimNode]): NimNode =
  ## A call.
  result = newTree(nnkCall, theProc)
  for arg in args: result.add arg
proc newCall*(theProc: string, args: varargs[NimNode]): NimNode =
  ## A call of the routine of this name.
  result = newTree(nnkCall, ident(theProc))
  for arg in args: result.add arg

proc intNode(kind: NimNodeKind, value: BiggestInt): NimNode =
  result = newNimNode(kind)
  result.nodeInt = value
proc newLit*(c: char): NimNode = intNode(nnkCharLit, ord(c))
proc newLit*(i: int): NimNode = intNode(nnkIntLit, i)
proc newLit*(i: int8): NimNode = intNode(nnkInt8Lit, i)
proc newLit*(i: int16): NimNode = intNode(nnkInt16Lit, i)
proc newLit*(i: int32): NimNode = intNode(nnkInt32Lit, i)
proc newLit*(i: int64): NimNode = intNode(nnkInt64Lit, i)
proc newLit*(i: uint): NimNode = intNode(nnkUIntLit, cast[int64](i))
proc newLit*(i: uint8): NimNode = intNode(nnkUInt8Lit, int64(i))
proc newLit*(i: uint16): NimNode = intNode(nnkUInt16Lit, int64(i))
proc newLit*(i: uint32): NimNode = intNode(nnkUInt32Lit, int64(i))
proc newLit*(i: uint64): NimNode = intNode(nnkUInt64Lit, cast[int64](i))
proc newLit*(b: bool): NimNode = ident(if b: "true" else: "false")
proc newLit*(s: string): NimNode = newStrLitNode(s)
proc newLit*(f: float32): NimNode =
  result = newNimNode(nnkFloat32Lit)
  result.nodeFloat = f
proc newLit*(f: float64): NimNode =
  result = newNimNode(nnkFloat64Lit)
  result.nodeFloat = f
proc newLit*[T: enum](arg: T): NimNode =
  ## A constant of an enum.
  newCall(ident($T), newLit(ord(arg)))
proc newLit*[N, T](arg: array[N, T]): NimNode
proc newLit*[T](arg: seq[T]): NimNode
proc newLit*[T](s: set[T]): NimNode
proc newLit*[T: tuple](arg: T): NimNode
proc newLit*[T: object](arg: T): NimNode =
  ## An object with these fields.
  result = newTree(nnkObjConstr, ident($T))
  for name, value in arg.fieldPairs: result.add newTree(nnkExprColonExpr, ident(name), newLit(value))
proc newLit*[T: ref object](arg: T): NimNode =
  ## A new object with these fields.
  result = newTree(nnkObjConstr, ident($T))
  for name, value in arg[].fieldPairs: result.add newTree(nnkExprColonExpr, ident(name), newLit(value))
proc newLit*[N, T](arg: array[N, T]): NimNode =
  result = newNimNode(nnkBracket)
  for x in arg: result.add newLit(x)
proc newLit*[T](arg: seq[T]): NimNode =
  let bracket = newNimNode(nnkBracket)
  for x in arg: bracket.add newLit(x)
  result = newTree(nnkPrefix, bindSym"@", bracket)
  if arg.len == 0:
    result = newCall(newTree(nnkBracketExpr, ident("newSeq"), ident($T)))
proc newLit*[T](s: set[T]): NimNode =
  result = newNimNode(nnkCurly)
  for x in s: result.add newLit(x)
  if result.len == 0: result = newCall(newTree(nnkBracketExpr, ident("set"), ident($T)), result)
proc newLit*[T: tuple](arg: T): NimNode =
  result = newNimNode(nnkTupleConstr)
  for name, value in arg.fieldPairs:
    when name[0] == 'F' and name[^1] in {'0' .. '9'}: result.add newLit(value)
    else: result.add newTree(nnkExprColonExpr, ident(name), newLit(value))

proc toNode*(n: NimNode): NimNode = n # what `quote` puts into its tree
proc toNode*[T](x: T): NimNode =
  ## The same for a value.
  when x is seq:
    result = newNimNode(nnkBracket)
    for item in x: result.add toNode(item)
  else: result = newLit(x)
proc quotedTree*(bytes: string, holes: varargs[NimNode]): NimNode =
  ## The tree of a `quote`.
  var r = TreeReader(bytes: bytes, at: 0)
  var fresh: seq[int]
  r.treeNode(holes, fresh)

macro quote*(args: varargs[untyped]): untyped {.magic: "Macro".}
  ## The tree of a block, in which `` `x` `` stands for the node (or value) `x`.
macro getAst*(macroOrTemplate: untyped): untyped {.magic: "Macro".}
  ## What a template or macro makes of nodes.
macro bindSym*(ident: string, rule: BindSymRule = brClosed): untyped {.magic: "Macro".}
  ## A symbol that is looked up where the macro stands.

proc nestList*(op: NimNode; pack: NimNode): NimNode =
  ## `[a, b, c]` as `op(a, op(b, c))`.
  result = pack[^1]
  for i in countdown(pack.len - 2, 0): result = newCall(op, pack[i], result)
proc nestList*(op: NimNode; pack: NimNode; init: NimNode): NimNode =
  ## The same with an innermost argument.
  result = init
  for i in countdown(pack.len - 1, 0): result = newCall(op, pack[i], result)

proc traverseGen(res: var string, level: int, n: NimNode) =
  for i in 1 .. level: res.add "  "
  case n.kind
  of nnkEmpty: res.add "newEmptyNode()"
  of nnkNilLit: res.add "newNilLit()"
  of nnkIdent, nnkSym, nnkCommentStmt: res.add "new" & n.kindName & "Node(" & escaped(n.strVal) & ")"
  of nnkCharLit: res.add "newLit('" & $chr(n.intVal) & "')"
  of nnkIntLit .. nnkInt64Lit: res.add "newLit(" & $n.intVal & ")"
  of nnkFloatLit .. nnkFloat64Lit: res.add "newLit(" & $n.floatVal & ")"
  of nnkStrLit .. nnkTripleStrLit: res.add "newLit(" & escaped(n.strVal) & ")"
  else:
    res.add $n.kind & ".newTree("
    for i in 0 ..< n.len:
      res.add "\n"
      traverseGen(res, level + 1, n[i])
      if i < n.len - 1: res.add ","
    res.add "\n"
    for i in 1 .. level: res.add "  "
    res.add ")"
proc astGenRepr*(n: NimNode): string =
  ## The code that makes the tree.
  result = ""
  traverseGen(result, 0, n)

macro dumpTree*(s: untyped): untyped =
  ## Prints a block's tree while it is compiled.
  echo s.treeRepr
macro dumpLisp*(s: untyped): untyped =
  ## The same in parentheses.
  echo s.lispRepr(indented = true)
macro dumpAstGen*(s: untyped): untyped =
  ## The same as code that makes the tree.
  echo s.astGenRepr

proc newStmtList*(stmts: varargs[NimNode]): NimNode =
  ## Statements.
  result = newNimNode(nnkStmtList)
  for s in stmts: result.add s
proc newPar*(exprs: NimNode): NimNode = newTree(nnkPar, exprs)
proc newPar*(exprs: varargs[NimNode]): NimNode =
  ## A parenthesised list.
  result = newNimNode(nnkPar)
  for e in exprs: result.add e
proc newBlockStmt*(label, body: NimNode): NimNode = newTree(nnkBlockStmt, label, body)
proc newBlockStmt*(body: NimNode): NimNode = newTree(nnkBlockStmt, newEmptyNode(), body)
proc newVarStmt*(name, value: NimNode): NimNode =
  newTree(nnkVarSection, newTree(nnkIdentDefs, name, newEmptyNode(), value))
proc newLetStmt*(name, value: NimNode): NimNode =
  newTree(nnkLetSection, newTree(nnkIdentDefs, name, newEmptyNode(), value))
proc newConstStmt*(name, value: NimNode): NimNode =
  newTree(nnkConstSection, newTree(nnkConstDef, name, newEmptyNode(), value))
proc newAssignment*(lhs, rhs: NimNode): NimNode = newTree(nnkAsgn, lhs, rhs)
proc newDotExpr*(a, b: NimNode): NimNode = newTree(nnkDotExpr, a, b)
proc newColonExpr*(a, b: NimNode): NimNode = newTree(nnkExprColonExpr, a, b)
proc newIdentDefs*(name, kind: NimNode; default = newEmptyNode()): NimNode =
  ## A parameter, field or variable.
  newTree(nnkIdentDefs, name, kind, default)
proc newProc*(name = newEmptyNode(); params: openArray[NimNode] = [newEmptyNode()];
    body: NimNode = newStmtList(); procType = nnkProcDef; pragmas: NimNode = newEmptyNode()): NimNode =
  ## A routine.
  if procType notin RoutineNodes: error("Expected one of " & "the kinds of routines" & ", got " & $procType)
  pragmas.expectKind({nnkEmpty, nnkPragma})
  result = newTree(procType, name, newEmptyNode(), newEmptyNode(), newTree(nnkFormalParams, params), pragmas,
    newEmptyNode(), body)
proc newIfStmt*(branches: varargs[tuple[cond, body: NimNode]]): NimNode =
  ## An `if` with these branches.
  if branches.len < 1: error("If statement must have at least one branch")
  result = newNimNode(nnkIfStmt)
  for i in branches: result.add newTree(nnkElifBranch, i.cond, i.body)
proc newEnum*(name: NimNode, fields: openArray[NimNode], public, pure: bool): NimNode =
  ## A type section with an enum.
  expectKind name, nnkIdent
  if fields.len < 1: error("Enum must contain at least one field")
  for field in fields: expectKind field, {nnkIdent, nnkEnumFieldDef}
  var declared = name
  if public: declared = newTree(nnkPostfix, ident("*"), declared)
  if pure: declared = newTree(nnkPragmaExpr, declared, newTree(nnkPragma, ident("pure")))
  let body = newTree(nnkEnumTy, newEmptyNode())
  for field in fields: body.add field
  newTree(nnkTypeSection, newTree(nnkTypeDef, declared, newEmptyNode(), body))
proc copyChildrenTo*(src, dest: NimNode) =
  ## Adds copies of the children.
  for i in 0 ..< src.len: dest.add copyNimTree(src[i])

proc badNodeKind(n: NimNode, f: string) =
  error("Invalid node kind " & $n.kind & " for macros.`" & f & "`", n)
proc expectRoutine(node: NimNode) = node.expectKind(RoutineNodes)
proc name*(someProc: NimNode): NimNode =
  ## The name of a routine, without `*` and backticks.
  someProc.expectRoutine
  result = someProc[0]
  if result.kind == nnkPostfix:
    result = if result[1].kind == nnkAccQuoted: result[1][0] else: result[1]
  elif result.kind == nnkAccQuoted: result = result[0]
proc `name=`*(someProc: NimNode; val: NimNode) =
  someProc.expectRoutine
  if someProc[0].kind == nnkPostfix: someProc[0][1] = val
  else: someProc[0] = val
proc params*(someProc: NimNode): NimNode =
  ## The `nnkFormalParams` of a routine or proc type.
  if someProc.kind == nnkProcTy: return someProc[0]
  someProc.expectRoutine
  someProc[3]
proc `params=`*(someProc: NimNode; params: NimNode) =
  someProc.expectRoutine
  expectKind(params, nnkFormalParams)
  someProc[3] = params
proc pragma*(someProc: NimNode): NimNode =
  ## The pragmas of a routine or proc type.
  if someProc.kind == nnkProcTy: return someProc[1]
  someProc.expectRoutine
  someProc[4]
proc `pragma=`*(someProc: NimNode; val: NimNode) =
  expectKind(val, {nnkEmpty, nnkPragma})
  if someProc.kind == nnkProcTy: someProc[1] = val
  else:
    someProc.expectRoutine
    someProc[4] = val
proc addPragma*(someProc, pragma: NimNode) =
  ## Adds a pragma.
  someProc.expectKind(RoutineNodes + {nnkProcTy})
  var pragmas = someProc.pragma
  if pragmas.kind == nnkEmpty:
    pragmas = newNimNode(nnkPragma)
    someProc.pragma = pragmas
  pragmas.add pragma
proc body*(someProc: NimNode): NimNode =
  ## The body of a routine, block or loop.
  case someProc.kind
  of RoutineNodes: result = someProc[6]
  of nnkBlockStmt, nnkWhileStmt: result = someProc[1]
  of nnkForStmt: result = someProc.last
  else: badNodeKind someProc, "body"
proc `body=`*(someProc: NimNode, val: NimNode) =
  case someProc.kind
  of RoutineNodes: someProc[6] = val
  of nnkBlockStmt, nnkWhileStmt: someProc[1] = val
  of nnkForStmt: someProc[someProc.len - 1] = val
  else: badNodeKind someProc, "body="
proc basename*(a: NimNode): NimNode =
  ## A name without `*`, pragmas and operators.
  case a.kind
  of nnkIdent, nnkSym: result = a
  of nnkPostfix, nnkPrefix: result = a[1]
  of nnkPragmaExpr: result = basename(a[0])
  else: error("Do not know how to get basename of (" & treeRepr(a) & ")\n" & repr(a), a)
proc `basename=`*(a: NimNode; val: string) =
  case a.kind
  of nnkIdent: a.strVal = val
  of nnkPostfix, nnkPrefix: a[1] = ident(val)
  of nnkPragmaExpr: `basename=`(a[0], val)
  else: error("Do not know how to get basename of (" & treeRepr(a) & ")\n" & repr(a), a)
proc `$`*(node: NimNode): string =
  ## The text of a name or of a string.
  case node.kind
  of nnkPostfix: result = node.basename.strVal & "*"
  of nnkStrLit .. nnkTripleStrLit, nnkCommentStmt, nnkSym, nnkIdent: result = node.strVal
  of nnkOpenSymChoice, nnkClosedSymChoice: result = $node[0]
  of nnkAccQuoted:
    result = ""
    for i in 0 ..< node.len: result.add(repr(node[i]))
  else: badNodeKind node, "$"
proc postfix*(node: NimNode; op: string): NimNode = newTree(nnkPostfix, ident(op), node)
proc prefix*(node: NimNode; op: string): NimNode = newTree(nnkPrefix, ident(op), node)
proc infix*(a: NimNode; op: string; b: NimNode): NimNode = newTree(nnkInfix, ident(op), a, b)
proc unpackPostfix*(node: NimNode): tuple[node: NimNode; op: string] =
  node.expectKind nnkPostfix
  (node[1], $node[0])
proc unpackPrefix*(node: NimNode): tuple[node: NimNode; op: string] =
  node.expectKind nnkPrefix
  (node[1], $node[0])
proc unpackInfix*(node: NimNode): tuple[left: NimNode; op: string; right: NimNode] =
  expectKind(node, nnkInfix)
  (node[1], $node[0], node[2])
proc hasArgOfName*(params: NimNode; name: string): bool =
  ## Has a parameter this name?
  expectKind(params, nnkFormalParams)
  for i in 1 ..< params.len:
    for j in 0 ..< params[i].len - 2:
      if eqIdent(name, params[i][j]): return true
proc addIdentIfAbsent*(dest: NimNode, ident: string) =
  ## Adds an identifier unless it is there.
  for n in dest.children:
    case n.kind
    of nnkIdent, nnkSym:
      if eqIdent(n, ident): return
    of nnkExprColonExpr:
      if eqIdent(n[0], ident): return
    else: discard
  dest.add newIdentNode(ident)
proc boolVal*(n: NimNode): bool =
  ## The value of `true` or `false`.
  if n.kind == nnkIntLit: n.intVal != 0 else: eqIdent(n, "true")
proc isExported*(n: NimNode): bool =
  ## Has the name a star?
  case n.kind
  of nnkPostfix: true
  of nnkPragmaExpr: isExported(n[0])
  else: false

macro unpackVarargs*(callee: untyped; args: varargs[untyped]): untyped =
  ## A call with the arguments.
  result = newCall(callee)
  for i in 0 ..< args.len: result.add args[i]

# Text to trees.

proc parsed(text: string, statements: bool): NimNode =
  var request = "p\0\0\0"
  request.putNumber(ord(statements))
  request.putString text
  var r = askCompiler(request)
  if r.treeNumber == 0: raise newException(ValueError, r.treeString)
  var fresh: seq[int]
  r.treeNode([], fresh)
proc parseExpr*(s: string, filename = ""): NimNode =
  ## The tree of an expression. Errors name the macro's call, and no file.
  parsed(s, false)
proc parseStmt*(s: string, filename = ""): NimNode =
  ## The tree of statements.
  parsed(s, true)

# Places.

proc lineInfoObj*(n: NimNode): LineInfo =
  ## Where the node stands.
  var request = "l"
  request.putPlace n
  var r = askCompiler(request)
  result.filename = r.treeString
  result.line = r.treeNumber
  result.column = r.treeNumber
proc `$`*(arg: LineInfo): string = arg.filename & "(" & $arg.line & ", " & $arg.column & ")"
proc lineInfo*(arg: NimNode): string =
  ## Where the node stands, as text, with the column as editors count it.
  var at = arg.lineInfoObj
  inc at.column
  $at

# Types and declarations.

proc asked(n: NimNode, mode: int): TreeReader =
  var request = "t"
  request.putNumber mode
  request.putNumber n.nodeType
  request.putString(if n.kind == nnkSym: n.nodeText else: "")
  request.putNumber(if n.kind == nnkSym: n.nodeSym else: 0)
  askCompiler(request)
proc answered(n: NimNode, mode: int): NimNode =
  var r = asked(n, mode)
  var fresh: seq[int]
  r.treeNode([], fresh)
proc getType*(n: NimNode): NimNode = answered(n, 0)
  ## The type of an expression, taken apart.
proc getTypeInst*(n: NimNode): NimNode = answered(n, 1)
  ## The type of an expression as it is written.
proc getTypeImpl*(n: NimNode): NimNode = answered(n, 2)
  ## What the type of an expression is made of.

macro typeTree(T: typedesc, mode: static int): NimNode =
  # What gives the tree of a type that is named in a macro's text.
  var bytes = ""
  let tree = answered(answered(T, 1)[1], mode)
  bytes.putNode(if mode == 0: tree else: nnkBracketExpr.newTree(ident"typeDesc", tree))
  newCall(bindSym"quotedTree", newLit(bytes))
template getType*(n: typedesc): NimNode = typeTree(n, 0)
template getTypeInst*(n: typedesc): NimNode = typeTree(n, 1)
template getTypeImpl*(n: typedesc): NimNode = typeTree(n, 2)

proc typeKind*(n: NimNode): NimTypeKind =
  ## What the type of an expression is.
  var r = asked(n, 3)
  NimTypeKind(r.treeNumber)
proc getImpl*(symbol: NimNode): NimNode =
  ## The declaration of a symbol.
  needs(symbol.kind == nnkSym, symbol, "symbol")
  var request = "i"
  request.putString symbol.nodeText
  request.putNumber symbol.nodeSym
  var r = askCompiler(request)
  var fresh: seq[int]
  r.treeNode([], fresh)

proc extractDocCommentsAndRunnables*(n: NimNode): NimNode =
  ## The comments and examples that a body begins with.
  result = newStmtList()
  if n.kind == nnkStmtList:
    for child in n:
      let example = child.kind in nnkCallKinds and child[0].eqIdent("runnableExamples")
      if child.kind != nnkCommentStmt and not example: break
      result.add child

include private/macrofacts, private/custompragmas
