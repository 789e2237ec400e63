# Composed values as text. Strings and chars in them stand in quotes.

proc isNamedTuple(t: typedesc): bool {.magic: "TypeTrait".}

proc addEscapedChar*(s: var string, c: char) =
  ## Appends a char as it stands in a literal.
  case c
  of '\a': s.add("\\a")
  of '\b': s.add("\\b")
  of '\t': s.add("\\t")
  of '\n': s.add("\\n")
  of '\v': s.add("\\v")
  of '\f': s.add("\\f")
  of '\r': s.add("\\r")
  of '\e': s.add("\\e")
  of '\\': s.add("\\\\")
  of '\'': s.add("\\'")
  of '"': s.add("\\\"")
  of ' ', '!', '#' .. '&', '(' .. '[', ']' .. '~': s.add(c)
  else:
    const digits = "0123456789ABCDEF"
    s.add("\\x")
    s.add(digits[ord(c) shr 4])
    s.add(digits[ord(c) and 15])

proc addQuotedText(s: var string, x: string) =
  s.add('"')
  for c in x:
    # Only ASCII is escaped: the rest is UTF-8.
    if c <= '\127': s.addEscapedChar(c)
    else: s.add(c)
  s.add('"')

proc addQuoted*[T](s: var string, x: T) =
  ## Appends a value: strings and chars in quotes, all else as `$` shows it.
  when T is string: addQuotedText(s, x)
  elif T is cstring: addQuotedText(s, $x)
  elif T is char:
    s.add('\'')
    s.addEscapedChar(x)
    s.add('\'')
  elif T is SomeFloat: s.addFloat(x)
  elif compiles(s.add(x)): s.add(x)
  else: s.add($x)

proc addElement[T](s: var string, x: T) =
  when not compiles($x): s.add("...")
  elif x isnot string and x isnot seq and compiles(x.isNil):
    if x.isNil: s.add("nil")
    else: s.addQuoted(x)
  else: s.addQuoted(x)

proc `$`*[T: tuple | object](x: T): string =
  ## `(name: value, …)`; without names for a tuple that has none.
  const named = T is object or isNamedTuple(T)
  result = "("
  var count = 0
  for name, value in fieldPairs(x):
    if count > 0: result.add(", ")
    when named:
      result.add(name)
      result.add(": ")
    addElement(result, value)
    inc count
  when not named:
    # As it is written: `(1,)`.
    if count == 1: result.add(',')
  result.add(')')

proc addElements[T](s: var string, x: openArray[T], open: string, close: char) =
  s.add(open)
  for i in 0 ..< x.len:
    if i > 0: s.add(", ")
    when compiles(addElement(s, x[i])): addElement(s, x[i])
    else: s.add("...")
  s.add(close)

proc `$`*[T](x: seq[T]): string = addElements(result, x, "@[", ']')
  ## `@[value, …]`
proc `$`*[I, T](x: array[I, T]): string = addElements(result, x, "[", ']')
  ## `[value, …]`
proc `$`*[T](x: openArray[T]): string = addElements(result, x, "[", ']')

proc `$`*[T](x: set[T]): string =
  ## `{value, …}`
  result = "{"
  for value in items(x):
    if result.len > 1: result.add(", ")
    result.addQuoted(value)
  result.add('}')

proc `$`*[T, U](x: HSlice[T, U]): string =
  ## `a .. b`
  result = $x.a
  result.add(" .. ")
  result.add($x.b)
