## `genAst`: trees from code, in which names stand for values of the macro.

import std/macros

type GenAstOpt* = enum
  ## How names are bound.
  kDirtyTemplate, ## Those of the code mean what they mean where the tree goes.
  kNoNewLit ## Values have to be trees already.

proc asNode(value: NimNode): NimNode = value
proc asNode[T](value: T): NimNode = newLit(value)

proc treeOf(options: set[GenAstOpt], args: NimNode): NimNode =
  # A template of the code, and its expansion.
  let
    make = genSym(nskTemplate, "code")
    params = newNimNode(nnkFormalParams).add(ident"untyped")
    call = newCall(make)
    convert = bindSym("asNode", brForceOpen)
  for i in 0 ..< args.len - 1:
    let (name, value) = if args[i].kind == nnkExprEqExpr: (args[i][0], args[i][1]) else: (args[i], args[i])
    params.add newIdentDefs(ident($name), ident"untyped")
    call.add(if kNoNewLit in options: value else: newCall(convert, value))
  let pragma = if kDirtyTemplate in options: nnkPragma.newTree(ident"dirty") else: newEmptyNode()
  let definition =
    nnkTemplateDef.newTree(make, newEmptyNode(), newEmptyNode(), params, pragma, newEmptyNode(), args[^1])
  result = newBlockStmt(newStmtList(definition, newCall(bindSym"getAst", call)))

macro genAstOpt*(options: static set[GenAstOpt], args: varargs[untyped]): untyped =
  ## A tree of the last argument's code. The others are names, alone or with a value: `x`, `x = value`.
  treeOf(options, args)

macro genAst*(args: varargs[untyped]): untyped =
  ## As above, without options.
  treeOf({}, args)
