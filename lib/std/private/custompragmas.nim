# Part of `macros`: pragmas that programs declare as templates, as macros find them.
#
# Pragmas are read from declarations (`getImpl`): of a routine, a variable, a type, or of a field in that of its object, which
# may be in a branch of a variant or in a base.

proc pragmasOfField(fields: NimNode, name: string): NimNode =
  case fields.kind
  of nnkRecList, nnkRecCase, nnkRecWhen, nnkOfBranch, nnkElse, nnkElifBranch:
    for part in fields:
      result = pragmasOfField(part, name)
      if result != nil: return
  of nnkIdentDefs:
    for i in 0 ..< fields.len - 2:
      let declared = fields[i]
      if declared.kind == nnkPragmaExpr and eqIdent(basename(declared), name): return declared[1]
  else: discard

proc namedTypeOf(n: NimNode): NimNode =
  result = n.getTypeInst
  while true:
    case result.kind
    of nnkBracketExpr:
      if result[0].eqIdent("typeDesc") and result.len == 2: result = result[1]
      else: result = result[0]
    of nnkVarTy, nnkRefTy, nnkPtrTy: result = result[0]
    else: return

proc definitionOf(sym: NimNode): NimNode =
  if sym.kind != nnkSym: return nil
  result = sym.getImpl
  if result != nil and result.kind != nnkTypeDef: result = nil

proc fieldPragmas(start: NimNode, name: string): NimNode =
  var definition = definitionOf(start)
  while definition != nil:
    var body = definition[2]
    if body.kind in {nnkRefTy, nnkPtrTy}: body = body[0]
    if body.kind == nnkBracketExpr: body = body[0]
    if body.kind == nnkSym:
      definition = definitionOf(body)
      continue
    if body.kind != nnkObjectTy: return nil
    result = pragmasOfField(body[2], name)
    if result != nil or body[1].kind != nnkOfInherit: return
    definition = definitionOf(if body[1][0].kind == nnkBracketExpr: body[1][0][0] else: body[1][0])

proc typePragmas(sym: NimNode): NimNode =
  let definition = definitionOf(sym)
  if definition != nil and definition[0].kind == nnkPragmaExpr: definition[0][1]
  elif definition != nil and definition[2].kind == nnkSym: typePragmas(definition[2])
  else: nil

proc pragmasOf(n: NimNode): NimNode =
  case n.kind
  of nnkDotExpr: return fieldPragmas(namedTypeOf(n[0]), $n[1])
  of nnkCheckedFieldExpr, nnkHiddenDeref, nnkPar, nnkTypeOfExpr:
    if n.len > 0: return pragmasOf(n[0])
  of nnkBracketExpr: return typePragmas(namedTypeOf(n))
  of nnkSym:
    let field = factTree fact('f', 0, n)
    if field != nil and field.kind == nnkDotExpr: return fieldPragmas(namedTypeOf(field[0]), $field[1])
    let declared = n.getImpl
    if declared != nil and declared.kind in RoutineNodes: return declared.pragma
    if declared != nil and declared.kind in {nnkIdentDefs, nnkConstDef}:
      for i in 0 ..< declared.len - 2:
        if declared[i].kind == nnkPragmaExpr and eqIdent(basename(declared[i]), n.strVal): return declared[i][1]
    return typePragmas(namedTypeOf(n))
  else: error("a name or a field is expected", n)

proc findPragma(n, cp: NimNode): NimNode =
  let pragmas = pragmasOf(n)
  if pragmas != nil and pragmas.kind == nnkPragma:
    for entry in pragmas:
      if eqIdent(entry, cp): return entry
      if entry.kind in nnkPragmaCallKinds and entry.len > 0 and eqIdent(entry[0], cp): return entry

macro hasCustomPragma*(n: typed, cp: typed): untyped =
  ## Has a routine, variable, type or field this pragma?
  newLit(findPragma(n, cp) != nil)

macro getCustomPragmaVal*(n: typed, cp: typed): untyped =
  ## The argument of a declaration's pragma; of several, a tuple with the names of the pragma's parameters, one of each group.
  let found = findPragma(n, cp)
  if found == nil or found.kind notin nnkPragmaCallKinds:
    error(n.repr & " doesn't have a pragma named " & cp.repr, n)
  # The arguments in the order of the parameters, of which the last may have been left out.
  var names, values: seq[NimNode]
  var groups: seq[NimNode]
  for group in cp.getImpl.params:
    if group.kind != nnkIdentDefs: continue
    groups.add group[0]
    for i in 0 ..< group.len - 2:
      names.add group[i]
      values.add group[group.len - 1]
  for i in 1 ..< found.len:
    if found[i].kind notin {nnkExprEqExpr, nnkExprColonExpr}:
      if i <= values.len: values[i - 1] = found[i]
      continue
    for at, name in names:
      if eqIdent(name, found[i][0]): values[at] = found[i][1]
  if values.len == 1: return values[0]
  # As Nim has it, a group such as `a, b: int` counts as one.
  result = newNimNode(nnkTupleConstr)
  for i, name in groups: result.add newTree(nnkExprColonExpr, ident($name), values[i])
