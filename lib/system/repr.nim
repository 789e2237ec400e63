# Values as text that tells more than `$`: strings and chars are quoted, references are followed, objects are named.

proc distinctBase(t: typedesc, recursive: static bool = true): typedesc {.magic: "TypeTrait".}

proc repr*(x: int): string = $x
  ## The same as `$`, as for all numbers.
proc repr*(x: int64): string = $x
proc repr*(x: uint64): string = $x
proc repr*(x: float): string = $x
proc repr*(x: bool): string = $x

const unprintable = {'\0' .. '\31', '\127' .. '\255'}

proc repr*(x: char): string =
  ## In quotes, with what has no shape as its number.
  result = "'"
  if x == '\\' or x in unprintable: result.add('\\')
  if x in unprintable: result.add($uint8(x))
  else: result.add(x)
  result.add('\'')

proc repr*(x: string | cstring): string =
  ## In quotes, with what has no shape as its number; a line ends after its `\n`.
  result = "\""
  for i in 0 ..< x.len:
    let c = x[i]
    if c in {'"', '\\'} + unprintable: result.add('\\')
    if c == '\n': result.add("n\n")
    elif c in unprintable: result.add($uint8(c))
    else: result.add(c)
  result.add('"')

proc repr*[Enum: enum](x: Enum): string = $x
  ## The constant's text.

proc repr*(p: pointer): string =
  ## The address in hexadecimal digits.
  if p == nil: return "nil"
  const digits = "0123456789ABCDEF"
  var n = cast[uint](p)
  result = newString(sizeof(pointer) * 2)
  for i in countdown(result.len - 1, 0):
    result[i] = digits[int(n and 15)]
    n = n shr 4

proc repr*(p: proc): string = repr(cast[ptr pointer](unsafeAddr p)[])
  ## The address of its code.

template repr*(x: distinct): string = repr(distinctBase(typeof(x))(x))
  ## As of the base type.

template repr*(t: typedesc): string = $t
  ## The type's name.

proc addReprOfFields[T: tuple | object](s: var string, x: T) =
  const named = T is object or isNamedTuple(T)
  s.add('(')
  var count = 0
  for name, value in fieldPairs(x):
    if count > 0: s.add(", ")
    when named:
      s.add(name)
      s.add(": ")
    s.add(repr(value))
    inc count
  when not named:
    if count == 1: s.add(',')
  s.add(')')

proc repr*[T: tuple | object](x: T): string =
  ## `Type(name: value, …)`; a tuple has no type's name.
  when T is object: result = $typeof(x)
  addReprOfFields(result, x)

proc repr*[T](x: ref T | ptr T): string =
  ## What it points to, after `ref` or `ptr` or the name of the object's type.
  if x.isNil: return "nil"
  when T is object:
    result = $typeof(x)
    addReprOfFields(result, x[])
  else:
    result = when typeof(x) is ref: "ref " else: "ptr "
    result.add(repr(x[]))

proc reprOfElements[T](x: T, open, close: string): string =
  result = open
  for value in items(x):
    if result.len > open.len: result.add(", ")
    result.add(repr(value))
  result.add(close)

proc repr*[T](x: set[T]): string = reprOfElements(x, "{", "}")
  ## `{value, …}`
proc repr*[T](x: seq[T]): string = reprOfElements(x, "@[", "]")
  ## `@[value, …]`
proc repr*[T, U](x: HSlice[T, U]): string = repr(x.a) & " .. " & repr(x.b)
  ## `a .. b`
proc repr*[I, T](x: array[I, T]): string = reprOfElements(x, "[", "]")
  ## `[value, …]`
proc repr*[T](x: openArray[T]): string = reprOfElements(x, "[", "]")
