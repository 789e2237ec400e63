## Values of any type as JSON and back, by overloads that a program adds to: `toJsonHook` and `fromJsonHook`.

import std/[json, strutils, tables, sets, strtabs, options, strformat, typetraits]

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

proc checkJson(condition: bool, message: string) =
  if not condition: raise newException(ValueError, message)

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
      else: %($a)
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
  elif T is ref: result = if a.isNil: newJNull() else: toJson(a[], opt)
  else: {.error: "not convertible to JSON".}

proc jsonTo*(b: JsonNode, T: typedesc, opt = Joptions()): T =
  ## JSON as a value. Raises ValueError or KeyError where it does not fit.
  fromJson(result, b, opt)

proc fromJson*[T](a: var T, b: JsonNode, opt = Joptions()) =
  ## JSON as a value. Raises ValueError or KeyError where it does not fit.
  mixin fromJsonHook
  when compiles(fromJsonHook(a, b, opt)): fromJsonHook(a, b, opt)
  elif compiles(fromJsonHook(a, b)): fromJsonHook(a, b)
  elif T is JsonNode: a = b
  elif T is bool or T is SomeInteger or T is SomeFloat: a = b.to(T)
  elif T is enum:
    case b.kind
    of JInt: a = T(b.getBiggestInt)
    of JString: a = parseEnum[T](b.getStr)
    else: checkJson(false, "Expecting int/string for enum got " & $b)
  elif T is char: a = char(b.getInt)
  elif T is string:
    case b.kind
    of JNull: a = ""
    of JString: a = b.str
    else: checkJson(false, "Expecting string got " & $b)
  elif T is distinct: fromJson(a.distinctBase, b, opt)
  elif T is set:
    checkJson(b.kind == JArray, $b)
    for value in b.getElems: a.incl(jsonTo(value, elementType(a), opt))
  elif T is array:
    checkJson(a.len == b.len, fmt"expected array of length {a.len}, got {b.len}")
    var i = 0
    for value in b.getElems:
      fromJson(a[T.low + i], value, opt)
      inc(i)
  elif T is seq:
    a.setLen(b.len)
    for i, value in b.getElems: fromJson(a[i], value, opt)
  elif T is tuple:
    when isNamedTuple(T):
      for name, value in a.fieldPairs:
        if b.hasKey(name): fromJson(value, b[name], opt)
        else: checkJson(opt.allowMissingKeys, fmt"key `{name}` is missing in {b}")
      if not opt.allowExtraKeys:
        for name, _ in b:
          var known = false
          for field, _ in a.fieldPairs: known = known or field == name
          checkJson(known, fmt"There were extra keys in {b}")
    else:
      checkJson(b.kind == JArray, $b)
      var i = 0
      for value in a.fields:
        fromJson(value, b[i], opt)
        inc(i)
      checkJson(b.len == i, fmt"Json doesn't match expected length of {i}, got {b}")
  elif T is object:
    for name, value in a.fieldPairs:
      if b.hasKey(name): fromJson(value, b[name], opt)
      else: checkJson(opt.allowMissingKeys, fmt"key `{name}` is missing in {b}")
    if not opt.allowExtraKeys:
      for name, _ in b:
        var known = false
        for field, _ in a.fieldPairs: known = known or field == name
        checkJson(known, fmt"There were extra keys in {b}")
  elif T is ref:
    if b.kind == JNull: a = nil
    else:
      new(a)
      fromJson(a[], b, opt)
  else: {.error: "not convertible from JSON".}

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
