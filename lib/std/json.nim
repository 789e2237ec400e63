## JSON: reading it, making it, and turning it into a program's own types.

import std/[hashes, options, parsejson, streams, strutils, tables, typetraits]
from std/lexbase import close, open
export tables.`$`, nimIdentNormalize
export JsonEventKind, JsonError, JsonParser, JsonKindError, JsonParsingError, open, close, str, getInt, getFloat, kind,
  getColumn, getLine, getFilename, errorMsg, errorMsgExpected, next, raiseParseErr

include private/jsonparse

proc `==`*(a, b: JsonNode): bool

# Making nodes

proc newJString*(s: string): JsonNode = JsonNode(kind: JString, str: s)
  ## A string.
proc newJInt*(n: BiggestInt): JsonNode = JsonNode(kind: JInt, num: n)
  ## An integer.
proc newJFloat*(n: float): JsonNode = JsonNode(kind: JFloat, fnum: n)
  ## A float.
proc newJBool*(b: bool): JsonNode = JsonNode(kind: JBool, bval: b)
  ## `true` or `false`.
proc newJNull*(): JsonNode = JsonNode(kind: JNull)
  ## `null`
proc newJObject*(): JsonNode = JsonNode(kind: JObject, fields: initOrderedTable[string, JsonNode](2))
  ## An empty object.
proc newJArray*(): JsonNode = JsonNode(kind: JArray, elems: @[])
  ## An empty array.

proc `%`*(s: string): JsonNode = newJString(s)
  ## The value as a node.
proc `%`*(n: uint): JsonNode =
  if n > cast[uint](int.high): JsonNode(kind: JString, str: $n, isUnquoted: true) else: newJInt(BiggestInt(n))
proc `%`*(n: int): JsonNode = newJInt(n)
proc `%`*(n: BiggestUInt): JsonNode =
  if n > cast[BiggestUInt](BiggestInt.high): JsonNode(kind: JString, str: $n, isUnquoted: true) else: newJInt(BiggestInt(n))
proc `%`*(n: BiggestInt): JsonNode = newJInt(n)
proc `%`*(n: float): JsonNode =
  if n != n: newJString("nan")
  elif n == Inf: newJString("inf")
  elif n == -Inf: newJString("-inf")
  else: newJFloat(n)
proc `%`*(b: bool): JsonNode = newJBool(b)
proc `%`*(keyVals: openArray[tuple[key: string, val: JsonNode]]): JsonNode =
  if keyVals.len == 0: return newJArray()
  result = newJObject()
  for key, val in items(keyVals): result.fields[key] = val
template `%`*(j: JsonNode): JsonNode = j
proc `%`*[T](elements: openArray[T]): JsonNode =
  result = newJArray()
  for elem in elements: result.elems.add(%elem)
proc `%`*[T](table: Table[string, T] | OrderedTable[string, T]): JsonNode =
  result = newJObject()
  for k, v in table: result.fields[k] = %v
proc `%`*[T](opt: Option[T]): JsonNode =
  if opt.isSome: %opt.get else: newJNull()
proc `%`*[T: object](o: T): JsonNode =
  result = newJObject()
  for k, v in o.fieldPairs: result.fields[k] = %v
proc `%`*(o: ref object): JsonNode =
  if o.isNil: newJNull() else: %(o[])
proc `%`*(o: enum): JsonNode = %($o)

macro `%*`*(x: untyped): untyped {.magic: "Macro".}
  ## A constructor such as `{"name": "x", "list": [1, 2, nil]}` as a node.

# Reading nodes

proc getStr*(n: JsonNode, default: string = ""): string =
  ## A string's value, or `default` for all else.
  if n.isNil or n.kind != JString: default else: n.str

proc getBiggestInt*(n: JsonNode, default: BiggestInt = 0): BiggestInt =
  ## An integer's value, or `default` for all else.
  if n.isNil or n.kind != JInt: default else: n.num

proc getInt*(n: JsonNode, default: int = 0): int = int(getBiggestInt(n, default))
  ## An integer's value, or `default` for all else.

proc getFloat*(n: JsonNode, default: float = 0.0): float =
  ## A number's value, or `default` for all else.
  if n.isNil: return default
  case n.kind
  of JFloat: n.fnum
  of JInt: float(n.num)
  else: default

proc getBool*(n: JsonNode, default: bool = false): bool =
  ## A bool's value, or `default` for all else.
  if n.isNil or n.kind != JBool: default else: n.bval

proc getFields*(n: JsonNode, default = initOrderedTable[string, JsonNode](2)): OrderedTable[string, JsonNode] =
  ## An object's fields, or `default` for all else.
  if n.isNil or n.kind != JObject: default else: n.fields

proc getElems*(n: JsonNode, default: seq[JsonNode] = @[]): seq[JsonNode] =
  ## An array's elements, or `default` for all else.
  if n.isNil or n.kind != JArray: default else: n.elems

proc add*(father, child: JsonNode) =
  ## Appends to an array.
  assert father.kind == JArray
  father.elems.add(child)

proc add*(obj: JsonNode, key: string, val: JsonNode) =
  ## Sets a field.
  assert obj.kind == JObject
  obj.fields[key] = val

proc `[]=`*(obj: JsonNode, key: string, val: JsonNode) =
  ## Sets a field.
  assert obj.kind == JObject
  obj.fields[key] = val

proc len*(n: JsonNode): int =
  ## The number of elements or fields; 0 for all else.
  case n.kind
  of JArray: n.elems.len
  of JObject: n.fields.len
  else: 0

proc `[]`*(node: JsonNode, name: string): JsonNode =
  ## A field. KeyError when there is none of the name.
  assert not node.isNil
  assert node.kind == JObject
  if name notin node.fields: raise newException(KeyError, "key not found: " & name)
  node.fields[name]

proc `[]`*(node: JsonNode, index: int): JsonNode =
  ## An element.
  assert not node.isNil
  assert node.kind == JArray
  node.elems[index]

proc `[]`*(node: JsonNode, index: BackwardsIndex): JsonNode =
  ## An element, counted from the end.
  node[node.len - int(index)]

proc `[]`*[U, V](a: JsonNode, x: HSlice[U, V]): JsonNode =
  ## Some of the elements.
  assert a.kind == JArray
  result = newJArray()
  for elem in a.elems[x]: result.elems.add(elem)

proc hasKey*(node: JsonNode, key: string): bool = node.kind == JObject and key in node.fields
  ## Is there a field of the name?

proc contains*(node: JsonNode, key: string): bool =
  ## Is there a field of the name?
  assert node.kind == JObject
  key in node.fields

proc contains*(node: JsonNode, val: JsonNode): bool =
  ## Is the value in the array?
  assert node.kind == JArray
  find(node.elems, val) >= 0

proc `{}`*(node: JsonNode, keys: varargs[string]): JsonNode =
  ## What is found by field after field, or nil.
  result = node
  for key in keys:
    if result.isNil or result.kind != JObject: return nil
    result = result.fields.getOrDefault(key)

proc `{}`*(node: JsonNode, index: varargs[int]): JsonNode =
  ## What is found by element after element, or nil.
  result = node
  for i in index:
    if result.isNil or result.kind != JArray or i >= result.elems.len: return nil
    result = result.elems[i]

proc getOrDefault*(node: JsonNode, key: string): JsonNode =
  ## A field, or nil.
  if not node.isNil and node.kind == JObject: result = node.fields.getOrDefault(key)

proc `{}=`*(node: JsonNode, keys: varargs[string], value: JsonNode) =
  ## Sets what is found by field after field, making objects on the way.
  var node = node
  for i in 0 .. keys.len - 2:
    if not node.hasKey(keys[i]): node[keys[i]] = newJObject()
    node = node[keys[i]]
  node[keys[keys.len - 1]] = value

proc delete*(obj: JsonNode, key: string) =
  ## Takes a field out. KeyError when there is none of the name.
  assert obj.kind == JObject
  if key notin obj.fields: raise newException(KeyError, "key not in object")
  obj.fields.del(key)

proc copy*(p: JsonNode): JsonNode =
  ## A copy of all of it.
  case p.kind
  of JString:
    result = newJString(p.str)
    result.isUnquoted = p.isUnquoted
  of JInt: result = newJInt(p.num)
  of JFloat: result = newJFloat(p.fnum)
  of JBool: result = newJBool(p.bval)
  of JNull: result = newJNull()
  of JObject:
    result = newJObject()
    for key, val in pairs(p.fields): result.fields[key] = copy(val)
  of JArray:
    result = newJArray()
    for elem in items(p.elems): result.elems.add(copy(elem))

iterator items*(node: JsonNode): JsonNode =
  ## An array's elements.
  assert node.kind == JArray, ": items() can not iterate a JsonNode of kind " & $node.kind
  for elem in items(node.elems): yield elem

iterator mitems*(node: var JsonNode): var JsonNode =
  ## An array's elements, to be changed.
  assert node.kind == JArray, ": mitems() can not iterate a JsonNode of kind " & $node.kind
  for elem in mitems(node.elems): yield elem

iterator pairs*(node: JsonNode): tuple[key: string, val: JsonNode] =
  ## An object's fields.
  assert node.kind == JObject, ": pairs() can not iterate a JsonNode of kind " & $node.kind
  for key, val in pairs(node.fields): yield (key, val)

iterator keys*(node: JsonNode): string =
  ## The names of an object's fields.
  assert node.kind == JObject, ": keys() can not iterate a JsonNode of kind " & $node.kind
  for key in keys(node.fields): yield key

iterator mpairs*(node: var JsonNode): tuple[key: string, val: var JsonNode] =
  ## An object's fields, to be changed.
  assert node.kind == JObject, ": mpairs() can not iterate a JsonNode of kind " & $node.kind
  for key, val in mpairs(node.fields): yield (key, val)

proc hash*(n: JsonNode): Hash

proc hash*(n: OrderedTable[string, JsonNode]): Hash =
  ## The same for equal fields in any order.
  for key, val in n: result = result xor (hash(key) !& hash(val))
  result = !$result

proc hash*(n: JsonNode): Hash =
  ## Equal nodes have equal hashes.
  case n.kind
  of JArray: hash(n.elems)
  of JObject: hash(n.fields)
  of JInt: hash(n.num)
  of JFloat: hash(n.fnum)
  of JBool: hash(ord(n.bval))
  of JString: hash(n.str)
  of JNull: Hash(0)

proc `==`*(a, b: JsonNode): bool =
  ## The same kind and content? The order of fields does not matter.
  if a.isNil or b.isNil: return a.isNil and b.isNil
  if a.kind != b.kind: return false
  case a.kind
  of JString: a.str == b.str
  of JInt: a.num == b.num
  of JFloat: a.fnum == b.fnum
  of JBool: a.bval == b.bval
  of JNull: true
  of JArray: a.elems == b.elems
  of JObject:
    if a.fields.len != b.fields.len: return false
    for key, val in a.fields:
      if key notin b.fields or b.fields[key] != val: return false
    true

# As text

proc escapeJsonUnquoted*(s: string, result: var string) =
  ## Appends a string with what JSON escapes.
  for c in s:
    case c
    of '\n': result.add("\\n")
    of '\b': result.add("\\b")
    of '\f': result.add("\\f")
    of '\t': result.add("\\t")
    of '\v': result.add("\\u000b")
    of '\r': result.add("\\r")
    of '"': result.add("\\\"")
    of '\0'..'\7': result.add("\\u000" & $ord(c))
    of '\14'..'\31': result.add("\\u00" & toHex(ord(c), 2))
    of '\\': result.add("\\\\")
    else: result.add(c)

proc escapeJsonUnquoted*(s: string): string = escapeJsonUnquoted(s, result)
  ## A string with what JSON escapes.

proc escapeJson*(s: string, result: var string) =
  ## Appends a string as a literal.
  result.add("\"")
  escapeJsonUnquoted(s, result)
  result.add("\"")

proc escapeJson*(s: string): string = escapeJson(s, result)
  ## A string as a literal.

proc writeScalar(result: var string, node: JsonNode) =
  case node.kind
  of JString:
    if node.isUnquoted: result.add(node.str) else: escapeJson(node.str, result)
  of JInt: result.add($node.num)
  of JFloat: result.add($node.fnum)
  of JBool: result.add(if node.bval: "true" else: "false")
  else: result.add("null")

proc toUgly*(result: var string, node: JsonNode) =
  ## Appends a node on one line, without spaces.
  var first = true
  case node.kind
  of JArray:
    result.add('[')
    for child in node.elems:
      if not first: result.add(',')
      first = false
      toUgly(result, child)
    result.add(']')
  of JObject:
    result.add('{')
    for key, value in pairs(node.fields):
      if not first: result.add(',')
      first = false
      escapeJson(key, result)
      result.add(':')
      toUgly(result, value)
    result.add('}')
  else: writeScalar(result, node)

proc toPretty(result: var string, node: JsonNode, indent, depth: int) =
  template newLine(depth: int) =
    result.add('\n')
    result.add(spaces(indent * (depth)))
  var first = true
  case node.kind
  of JArray:
    if node.elems.len == 0:
      result.add("[]")
      return
    result.add('[')
    for child in node.elems:
      if not first: result.add(',')
      first = false
      newLine(depth + 1)
      toPretty(result, child, indent, depth + 1)
    newLine(depth)
    result.add(']')
  of JObject:
    if node.fields.len == 0:
      result.add("{}")
      return
    result.add('{')
    for key, value in pairs(node.fields):
      if not first: result.add(',')
      first = false
      newLine(depth + 1)
      escapeJson(key, result)
      result.add(": ")
      toPretty(result, value, indent, depth + 1)
    newLine(depth)
    result.add('}')
  else: writeScalar(result, node)

proc pretty*(node: JsonNode, indent = 2): string = toPretty(result, node, indent, 0)
  ## A node on several lines.

proc `$`*(node: JsonNode): string = toUgly(result, node)
  ## A node on one line.

# Into a program's types

proc wrongKind(node: JsonNode, kinds: set[JsonNodeKind], path: string) =
  if node.isNil: raise newException(KeyError, "key not found: " & path)
  if node.kind notin kinds:
    raise newException(JsonKindError, "Incorrect JSON kind. Wanted '" & $kinds & "' in '" & path & "' but got '" &
      $node.kind & "'.")

proc fill[T](dst: var T, node: JsonNode, path: string)

proc fillArray[T](dst: var openArray[T], node: JsonNode, path: string) =
  wrongKind(node, {JArray}, path)
  for i in 0 ..< min(dst.len, node.elems.len): fill(dst[i], node.elems[i], path & "[" & $i & "]")

proc fillTable[T](dst: var T, node: JsonNode, path: string) =
  wrongKind(node, {JObject}, path)
  for key, val in node.fields: fill(dst.mgetOrPut(key, default(typeof(dst[key]))), val, path & "." & key)

proc fillOption[T](dst: var Option[T], node: JsonNode, path: string) =
  if node.isNil or node.kind == JNull: return
  var value: T
  fill(value, node, path)
  dst = some(value)

proc fillRef[T](dst: var ref T, node: JsonNode, path: string) =
  wrongKind(node, {JObject, JNull}, path)
  if node.kind == JNull:
    dst = nil
    return
  dst = new(T)
  fill(dst[], node, path)

proc fillSeq[T](dst: var seq[T], node: JsonNode, path: string) =
  wrongKind(node, {JArray}, path)
  dst.setLen(node.elems.len)
  for i in 0 ..< node.elems.len: fill(dst[i], node.elems[i], path & "[" & $i & "]")

proc fill[T](dst: var T, node: JsonNode, path: string) =
  when T is JsonNode: dst = node
  elif T is Option: fillOption(dst, node, path)
  elif T is Table or T is OrderedTable: fillTable(dst, node, path)
  elif T is string:
    wrongKind(node, {JString, JNull}, path)
    # `null` is the string that there is not.
    dst = if node.kind == JNull: "" else: node.str
  elif T is bool:
    wrongKind(node, {JBool}, path)
    dst = node.bval
  elif T is enum:
    wrongKind(node, {JString}, path)
    dst = parseEnum[T](node.str)
  elif T is uint | uint64:
    wrongKind(node, {JInt, JString}, path)
    dst = if node.kind == JString: T(parseBiggestUInt(node.str)) else: cast[T](node.num)
  elif T is SomeInteger:
    wrongKind(node, {JInt}, path)
    dst = cast[T](node.num)
  elif T is SomeFloat:
    if node.isNil or node.kind != JString: wrongKind(node, {JInt, JFloat}, path)
    dst = case node.kind
      of JString:
        case node.str
        of "nan": T(NaN)
        of "inf": T(Inf)
        of "-inf": T(-Inf)
        else: raise newException(JsonKindError, "expected 'nan|inf|-inf', got " & node.str)
      of JInt: T(node.num)
      else: T(node.fnum)
  elif T is seq: fillSeq(dst, node, path)
  elif T is array: fillArray(dst, node, path)
  elif T is ref: fillRef(dst, node, path)
  elif T is distinct: fill(distinctBase(T)(dst), node, path)
  elif T is tuple:
    when isNamedTuple(T):
      wrongKind(node, {JObject}, path)
      for name, value in fieldPairs(dst): fill(value, node.fields.getOrDefault(name), path & "." & name)
    else:
      wrongKind(node, {JArray}, path)
      var i = 0
      for value in fields(dst):
        fill(value, node.elems[i], path & "[" & $i & "]")
        inc i
  elif T is object:
    wrongKind(node, {JObject}, path)
    for name, value in fieldPairs(dst):
      # A discriminator comes before what depends on it.
      {.cast(uncheckedAssign).}: fill(value, node.fields.getOrDefault(name), path & "." & name)
  else: {.error: "not supported yet: JSON as a value of this type".}

proc to*[T](node: JsonNode, t: typedesc[T]): T =
  ## The node as a value of a type. Fields must be there, those of type `Option` excepted.
  fill(result, node, "")
