## More for enums.

import std/macros
from std/typetraits import HoleyEnum, OrdinalEnum

proc enumConstants(T: typedesc): auto {.magic: "TypeTrait".}
proc enumNames(T: typedesc): auto {.magic: "TypeTrait".}

iterator items*[T: HoleyEnum](E: typedesc[T]): T =
  ## The constants of an enum with holes, lowest first.
  for c in enumConstants(T): yield c

func symbolRank*[T: enum](a: T): int =
  ## How many constants come before this one.
  when T is OrdinalEnum: ord(a) - ord(low(T))
  else:
    for i, c in enumConstants(T):
      if c == a: return i
    raise newException(IndexDefect, "invalid enum value: " & $ord(a))

func symbolName*[T: enum](a: T): string =
  ## The constant's name as it was declared, even when it has another text.
  enumNames(T)[symbolRank(a)]

proc nameOf(constant: NimNode): string =
  if constant.kind != nnkAccQuoted: return constant.strVal
  for part in constant: result.add part.strVal

proc textAndValue(constant: NimNode, value: var BiggestInt): string =
  # Of a constant as it was declared; `value` is what it has when it names none.
  if constant.kind != nnkEnumFieldDef: return nameOf(constant)
  let given = constant[1]
  let number = if given.kind == nnkTupleConstr: given[0] else: given
  let text = if given.kind == nnkTupleConstr: given[1] else: given
  if number.kind in {nnkCharLit .. nnkUInt64Lit}: value = number.intVal
  if text.kind in {nnkStrLit .. nnkTripleStrLit}: text.strVal else: nameOf(constant[0])

macro enumCase(typ: typedesc, text, given, default: typed, first, last: static int,
               normalizer: static[proc (s: string): string]): untyped =
  let enumType = typ.getTypeInst[1]
  result = newTree(nnkCaseStmt, given)
  var known: seq[string]
  var value = BiggestInt(0)
  for constant in enumType.getImpl[2]:
    if constant.kind == nnkEmpty: continue
    let text = normalizer(textAndValue(constant, value))
    if value >= first and value <= last:
      if text in known:
        error("Ambiguous enums cannot be parsed, field " & text & " appears multiple times!", constant)
      known.add text
      result.add newTree(nnkOfBranch, newLit(text), newCall(enumType, newLit(value)))
    inc value
  let other =
    if default.kind == nnkNilLit:
      quote do: raise newException(ValueError, "Invalid enum value: " & `text`)
    else: default
  result.add newTree(nnkElse, other)

template genEnumCaseStmt*(typ: typedesc, argSym: string, default: typed, userMin, userMax: static int,
                          normalizer: untyped): untyped =
  ## A `case` over the string `argSym`, normalized, that gives the constant of the enum `typ` with this text, of those from
  ## `userMin` to `userMax`; `default`, or a `ValueError` where that is nil, for any other text.
  enumCase(typ, argSym, normalizer(argSym), default, userMin, userMax, normalizer)
