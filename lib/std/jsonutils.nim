## Values of any type as JSON and back, by overloads that a program adds to: `toJsonHook` and `fromJsonHook`.

import std/[enumutils, json, macros, strutils, tables, sets, strtabs, options, typetraits]

type
  Joptions* = object
    ## What `fromJson` forgives.
    allowExtraKeys*: bool ## Keys that the type does not have.
    allowMissingKeys*: bool ## Keys that are not there: the field keeps its value.
  EnumMode* = enum ## How enums are written.
    joptEnumOrd, joptEnumSymbol, joptEnumString
  JsonNodeMode* = enum ## How nodes are written.
    joptJsonNodeAsRef, joptJsonNodeAsCopy, joptJsonNodeAsObject
  ToJsonOptions* = object
    ## How values are written.
    enumMode*: EnumMode
    jsonNodeMode*: JsonNodeMode

proc initToJsonOptions*(): ToJsonOptions =
  ## Enums as numbers, nodes as they are.
  ToJsonOptions(enumMode: joptEnumOrd, jsonNodeMode: joptJsonNodeAsRef)

template checkJson(condition: bool, message = "") =
  if not condition: raise newException(ValueError, astToStr(condition) & " failed: " & message)

proc toJson*[T](a: T, opt = initToJsonOptions()): JsonNode
proc fromJson*[T](a: var T, b: JsonNode, opt = Joptions())

proc toJson*[T](a: T, opt = initToJsonOptions()): JsonNode =
  ## `a` as JSON.
  mixin toJsonHook
  when compiles(toJsonHook(a, opt)): result = toJsonHook(a, opt)
  elif compiles(toJsonHook(a)): result = toJsonHook(a)
  elif T is JsonNode: result = if opt.jsonNodeMode == joptJsonNodeAsCopy: copy(a) else: a
  elif T is distinct: result = toJson(a.distinctBase, opt)
  elif T is bool: result = %a
  elif T is enum:
    result = case opt.enumMode
      of joptEnumOrd: %a.ord
      of joptEnumSymbol: %(when T is OrdinalEnum: symbolName(a) else: $a)
      of joptEnumString: %($a)
  elif T is SomeInteger: result = %a
  elif T is SomeFloat: result = %a
  elif T is char: result = %int(a)
  elif T is cstring: result = if a.isNil: newJNull() else: %($a)
  elif T is string: result = %a
  elif T is array or T is seq or T is openArray or T is set:
    result = newJArray()
    for item in a: result.add(toJson(item, opt))
  elif T is tuple:
    when isNamedTuple(T):
      result = newJObject()
      for name, value in a.fieldPairs: result[name] = toJson(value, opt)
    else:
      result = newJArray()
      for value in a.fields: result.add(toJson(value, opt))
  elif T is object:
    result = newJObject()
    for name, value in a.fieldPairs: result[name] = toJson(value, opt)
  elif T is pointer: result = %cast[int](a)
  elif T is ref or T is ptr: result = if a.isNil: newJNull() else: toJson(a[], opt)
  else: {.error: "not convertible to JSON".}

proc jsonTo*(b: JsonNode, T: typedesc, opt = Joptions()): T =
  ## JSON as a value. Raises ValueError or KeyError where it does not fit.
  fromJson(result, b, opt)

macro isVariant(T: typedesc[object]): bool =
  # Has the type discriminators?
  let fields = T.getTypeInst[1].getTypeImpl[2]
  for field in fields:
    if field.kind == nnkRecCase: return newLit(true)
  newLit(false)

macro accessField(obj: typed, name: static string): untyped = newDotExpr(obj, ident(name))

proc hasField[T](obj: T, name: string): bool =
  for field, _ in fieldPairs(obj):
    if field == name: return true

proc takeFields[T](a: var T, old: T, json: JsonNode, opt: Joptions) =
  # The fields of an object or a named tuple; those that are not given are as in `old`.
  checkJson json.kind == JObject, $json.kind
  var num, numMatched = 0
  for key, value in fieldPairs(a):
    inc num
    if json.hasKey(key):
      inc numMatched
      # A discriminator comes before what depends on it.
      {.cast(uncheckedAssign).}: fromJson(value, json[key], opt)
    elif not opt.allowMissingKeys: checkJson false, $($T, key, json)
    elif hasField(old, key):
      {.cast(uncheckedAssign).}: value = accessField(old, key)
  let ok = opt.allowExtraKeys or json.len == numMatched
  checkJson ok, $(json.len, num, numMatched, $T, json)

proc fromArray[T: tuple](a: var T, b: JsonNode, opt: Joptions) =
  checkJson b.kind == JArray, $(b.kind)
  var i = 0
  for value in fields(a):
    fromJson(value, b[i], opt)
    inc i
  checkJson b.len == i, $(b.len, i, $T, b)

proc fromJson*[T](a: var T, b: JsonNode, opt = Joptions()) =
  ## JSON as a value. Raises ValueError or KeyError where it does not fit.
  mixin fromJsonHook
  checkJson b != nil, $($T, b)
  when compiles(fromJsonHook(a, b, opt)): fromJsonHook(a, b, opt)
  elif compiles(fromJsonHook(a, b)): fromJsonHook(a, b)
  elif T is bool: a = b.to(T)
  elif T is enum:
    case b.kind
    of JInt: a = T(b.getBiggestInt)
    of JString: a = parseEnum[T](b.getStr)
    else: checkJson false, $($T, " ", b)
  elif T is uint | uint64: a = T(b.to(uint64))
  elif T is Ordinal: a = cast[T](b.to(int))
  elif T is pointer: a = cast[pointer](b.to(int))
  elif T is distinct: fromJson(a.distinctBase, b, opt)
  elif T is string or T is SomeNumber: a = b.to(T)
  elif T is cstring:
    case b.kind
    of JNull: a = nil
    of JString: a = b.str.cstring
    else: checkJson false, $($T, " ", b)
  elif T is JsonNode: a = b
  elif T is ref or T is ptr:
    if b.kind == JNull: a = nil
    else:
      a = T()
      fromJson(a[], b, opt)
  elif T is array:
    checkJson a.len == b.len, $(a.len, b.len, $T)
    var i = 0
    for item in mitems(a):
      fromJson(item, b[i], opt)
      inc i
  elif T is set:
    for value in b.getElems: a.incl(jsonTo(value, elementType(a)))
  elif T is seq:
    a.setLen b.len
    for i, value in b.getElems: fromJson(a[i], value, opt)
  elif T is object:
    when isVariant(T):
      var fresh: T
      takeFields(fresh, a, b, opt)
      a = fresh
    else: takeFields(a, a, b, opt)
  elif T is tuple:
    when isNamedTuple(T): takeFields(a, a, b, opt)
    else: fromArray(a, b, opt)
  else: {.error: "not yet implemented: " & $T.}

proc fromJsonHook*[K: string | cstring, V](t: var (Table[K, V] | OrderedTable[K, V]), jsonNode: JsonNode,
    opt = Joptions()) =
  ## A table from an object.
  clear(t)
  for k, v in jsonNode: t[k] = jsonTo(v, V, opt)

proc toJsonHook*[K: string | cstring, V](t: (Table[K, V] | OrderedTable[K, V]), opt = initToJsonOptions()): JsonNode =
  ## A table as an object.
  result = newJObject()
  for k, v in t.pairs: result[(when K is string: k else: $k)] = toJson(v, opt)

proc fromJsonHook*[A](s: var SomeSet[A], jsonNode: JsonNode, opt = Joptions()) =
  ## A set from an array.
  clear(s)
  for item in jsonNode: s.incl(jsonTo(item, A, opt))

proc toJsonHook*[A](s: SomeSet[A], opt = initToJsonOptions()): JsonNode =
  ## A set as an array.
  result = newJArray()
  for item in s: result.add(toJson(item, opt))

proc fromJsonHook*(a: var StringTableRef, b: JsonNode) =
  ## A table of strings from an object with its mode.
  a = newStringTable(jsonTo(b["mode"], StringTableMode))
  for key, value in b["table"]: a[key] = value.getStr

proc toJsonHook*(a: StringTableRef): JsonNode =
  ## A table of strings as an object with its mode.
  result = newJObject()
  result["mode"] = toJson($a.mode)
  result["table"] = newJObject()
  for key, value in a: result["table"][key] = %value

proc fromJsonHook*[T](self: var Option[T], jsonNode: JsonNode, opt = Joptions()) =
  ## Nothing from `null`.
  self = if jsonNode.kind == JNull: none(T) else: some(jsonTo(jsonNode, T, opt))

proc toJsonHook*[T](self: Option[T], opt = initToJsonOptions()): JsonNode =
  ## Nothing is `null`.
  if isSome(self): toJson(get(self), opt) else: newJNull()
