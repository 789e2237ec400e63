## Values as text and back: `$$x` and `to[T](text)`, `store` and `load`.
##
## The text is JSON. A reference is an array of a number and what it refers to; where it comes again, the number alone.

import std/[json, sets, streams, strutils, tables, typetraits, unicode]

type
  Writer = object
    text: string
    seen: HashSet[int]
  Reader = object
    seen: Table[int, pointer]

proc put[T](w: var Writer, x: T)

proc putList[T](w: var Writer, items: T) =
  w.text.add '['
  var first = true
  for item in items:
    if not first: w.text.add ", "
    first = false
    w.put item
  w.text.add ']'

proc putString(w: var Writer, s: string) =
  if validateUtf8(s) == -1:
    w.text.add escapeJson(s)
  else:
    # Bytes that are no text.
    w.text.add '['
    for i, c in s:
      if i > 0: w.text.add ','
      w.text.addInt ord(c)
    w.text.add ']'

proc putFields[T](w: var Writer, x: T) =
  w.text.add '{'
  var at = 0
  for name, field in fieldPairs(x):
    if at > 0: w.text.add ", "
    w.text.add escapeJson(when T is tuple: "Field" & $at else: name)
    inc at
    w.text.add ": "
    w.put field
  w.text.add '}'

proc put[T](w: var Writer, x: T) =
  when T is distinct: w.put distinctBase(T)(x)
  elif T is bool: w.text.add $x
  elif T is char: w.text.add(if x < '\x80': escapeJson($x) else: $ord(x))
  elif T is enum: w.text.add escapeJson($x)
  elif T is SomeInteger or T is SomeFloat: w.text.add $x
  elif T is string: w.putString x
  elif T is set:
    # Elements go by their numbers.
    var numbers: seq[int]
    for item in x: numbers.add ord(item)
    w.putList numbers
  elif T is seq or T is array: w.putList x
  elif T is ref or T is ptr:
    if x.isNil:
      w.text.add "null"
    else:
      let number = cast[int](x)
      if w.seen.containsOrIncl(number):
        w.text.addInt number
      else:
        w.text.add '['
        w.text.addInt number
        w.text.add ", "
        w.put x[]
        w.text.add ']'
  elif T is object or T is tuple: w.putFields x
  elif T is cstring: w.text.add(if x.isNil: "null" else: escapeJson($x))
  elif T is pointer: w.text.add(if x.isNil: "null" else: $cast[int](x))
  else: {.error: "marshal does not know this type".}

proc get[T](r: var Reader, n: JsonNode, x: var T)

proc expect(n: JsonNode, kinds: set[JsonNodeKind], what: string) =
  if n.kind notin kinds: raise newException(JsonParsingError, what & " expected")

proc getRef[T](r: var Reader, n: JsonNode, x: var ref T) =
  case n.kind
  of JNull: x = nil
  of JInt: x = cast[ref T](r.seen.getOrDefault(n.getInt))
  else:
    n.expect({JArray}, "array")
    new(x)
    r.seen[n[0].getInt] = cast[pointer](x)
    r.get(n[1], x[])

proc addItem[E](n: JsonNode, x: var set[E]) =
  x.incl E(n.getInt)

proc getFields[T](r: var Reader, n: JsonNode, x: var T) =
  n.expect({JObject}, "object")
  var at = 0
  for name, field in fieldPairs(x):
    let key = when T is tuple: "Field" & $at else: name
    if n.hasKey(key):
      # A discriminator comes before what depends on it.
      {.cast(uncheckedAssign).}:
        when compiles(r.get(n[key], field)): r.get(n[key], field)
    inc at

proc get[T](r: var Reader, n: JsonNode, x: var T) =
  when T is distinct: r.get(n, distinctBase(T)(x))
  elif T is bool: x = n.getBool
  elif T is char: x = if n.kind == JInt: chr(n.getInt) else: n.getStr[0]
  elif T is enum: x = if n.kind == JInt: T(n.getInt) else: parseEnum[T](n.getStr)
  elif T is SomeInteger:
    n.expect({JInt}, "integer")
    x = T(n.getBiggestInt)
  elif T is SomeFloat:
    n.expect({JInt, JFloat}, "float")
    x = T(n.getFloat)
  elif T is string:
    n.expect({JString, JArray, JNull}, "string")
    x = n.getStr
    if n.kind == JArray:
      for byte in n: x.add chr(byte.getInt)
  elif T is set:
    n.expect({JArray}, "array")
    x = {}
    for item in n: addItem(item, x)
  elif T is seq:
    n.expect({JArray, JNull}, "array")
    x.setLen(if n.kind == JArray: n.len else: 0)
    for i in 0 ..< x.len: r.get(n[i], x[i])
  elif T is array:
    n.expect({JArray}, "array")
    var at = 0
    for item in x.mitems:
      if at < n.len: r.get(n[at], item)
      inc at
  elif T is ref: r.getRef(n, x)
  elif T is object or T is tuple: r.getFields(n, x)
  else: {.error: "marshal does not know this type".}

proc `$$`*[T](x: sink T): string =
  ## `x` as text.
  var w: Writer
  w.put x
  w.text

proc to*[T](data: string): T =
  ## The value that `data` is the text of.
  var r: Reader
  r.get(parseJson(newStringStream(data), "unknown file"), result)

proc store*[T](s: Stream, data: sink T) =
  ## Writes `data` to the stream.
  s.write $$data

proc load*[T](s: Stream, data: var T) =
  ## Reads the stream into `data`.
  var r: Reader
  r.get(parseJson(s, "unknown file"), data)
