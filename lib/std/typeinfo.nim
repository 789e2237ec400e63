## Values of any type, looked at and changed while the program runs. An `Any` holds the address of a value, and must not
## outlive it.

import std/[macros, strutils, typetraits]

type
  AnyKind* = enum ## What a value is.
    akNone = 0, akBool = 1, akChar = 2, akEnum = 14, akArray = 16, akObject = 17, akTuple = 18, akSet = 19, akRange = 20,
    akPtr = 21, akRef = 22, akSequence = 24, akProc = 25, akPointer = 26, akString = 28, akCString = 29, akInt = 31,
    akInt8 = 32, akInt16 = 33, akInt32 = 34, akInt64 = 35, akFloat = 36, akFloat32 = 37, akFloat64 = 38, akFloat128 = 39,
    akUInt = 40, akUInt8 = 41, akUInt16 = 42, akUInt32 = 43, akUInt64 = 44
  Any* = object
    ## A value of any type.
    value: pointer
    info: Info
  Info = ref object
    # A type; what it has not is nil.
    kind: AnyKind
    size: int
    base: proc (): Info {.nimcall.} # of the elements, of what is referred to, or of the object that this one inherits
    assign: proc (target, source: pointer) {.nimcall.}
    fields: proc (value: pointer): seq[Field] {.nimcall.} # its own
    len: proc (value: pointer): int {.nimcall.}
    element: proc (value: pointer, i: int): pointer {.nimcall.}
    setLen: proc (value: pointer, len: int) {.nimcall.}
    create: proc (value: pointer) {.nimcall.}
    elements: proc (value: pointer): seq[int] {.nimcall.}
    incl: proc (value: pointer, element: int) {.nimcall.}
    constants: seq[tuple[name: string, number: int]]
  Field = tuple[name: string, any: Any]

proc kindOf(T: typedesc): AnyKind =
  when T is bool: akBool
  elif T is char: akChar
  elif T is enum: akEnum
  elif T is array: akArray
  elif T is object: akObject
  elif T is tuple: akTuple
  elif T is set: akSet
  elif T is ref: akRef
  elif T is ptr: akPtr
  elif T is seq: akSequence
  elif (T is proc): (if sizeof(T) > sizeof(pointer): akTuple else: akProc)
  elif T is pointer: akPointer
  elif T is string: akString
  elif T is cstring: akCString
  elif T is int: akInt
  elif T is int8: akInt8
  elif T is int16: akInt16
  elif T is int32: akInt32
  elif T is int64: akInt64
  elif T is float32: akFloat32
  elif T is float: akFloat
  elif T is uint: akUInt
  elif T is uint8: akUInt8
  elif T is uint16: akUInt16
  elif T is uint32: akUInt32
  elif T is uint64: akUInt64
  else: akNone

proc infoOf[T](): Info

macro parentOf(T: typedesc): untyped =
  # The type that an object type inherits from, or `void`.
  var declared = T.getTypeInst[1].getTypeImpl
  if declared.kind == nnkBracketExpr: declared = declared[1].getTypeImpl
  if declared.kind == nnkObjectTy and declared[1].kind == nnkOfInherit: declared[1][0] else: ident"void"

proc enumConstants(T: typedesc): auto {.magic: "TypeTrait".}

proc fieldsOf[T](value: pointer): seq[Field] =
  var at = 0
  for name, field in fieldPairs(cast[ptr T](value)[]):
    let shown = when T is tuple: "Field" & $at else: name
    result.add (shown, Any(value: addr field, info: infoOf[typeof(field)]()))
    inc at

proc assignTo[T](target, source: pointer) = cast[ptr T](target)[] = cast[ptr T](source)[]
proc lenOf[T](value: pointer): int = cast[ptr T](value)[].len
proc setLenOf[T](value: pointer, len: int) = cast[ptr T](value)[].setLen len
proc createIn[T](value: pointer) = new cast[ptr T](value)[]

proc elementOf[T](value: pointer, i: int): pointer =
  let x = cast[ptr T](value)
  when T is array: addr x[][T.low.succ(i)]
  else: addr x[][i]

proc elementsOf[T](value: pointer): seq[int] =
  for element in cast[ptr T](value)[]: result.add ord(element)

proc inclNumber[E](s: var set[E], element: int) = s.incl E(element)
proc inclIn[T](value: pointer, element: int) = inclNumber(cast[ptr T](value)[], element)

proc describe[T](info: Info) =
  info.kind = kindOf(T)
  info.size = sizeof(T)
  info.assign = assignTo[T]
  when T is object or T is tuple:
    info.fields = fieldsOf[T]
    when T is object:
      type Parent = parentOf(T)
      when Parent isnot void: info.base = infoOf[Parent]
  elif T is enum:
    for constant in enumConstants(T): info.constants.add ($constant, ord(constant))
  elif T is array or T is seq:
    info.base = infoOf[elementType(default(T))]
    info.len = lenOf[T]
    info.element = elementOf[T]
    when T is seq: info.setLen = setLenOf[T]
  elif T is set:
    info.base = infoOf[elementType(default(T))]
    info.elements = elementsOf[T]
    info.incl = inclIn[T]
  elif T is ref or T is ptr:
    info.base = infoOf[pointerBase(T)]
    when T is ref: info.create = createIn[T]

proc infoOf[T](): Info =
  var info {.global.}: Info
  when T is distinct:
    if info.isNil: info = infoOf[distinctBase(T)]()
  elif T is range and T is SomeNumber:
    if info.isNil: info = infoOf[rangeBase(T)]()
  else:
    if info.isNil:
      info = Info()
      describe[T](info)
  info

proc at(x: Any, T: typedesc): ptr T = cast[ptr T](x.value)

template needs(condition: bool) = assert condition

proc toAny*[T](x: var T): Any = Any(value: addr x, info: infoOf[T]())
  ## The value; it can be changed by way of what this gives.

proc kind*(x: Any): AnyKind = x.info.kind
  ## What it is.
proc size*(x: Any): int = x.info.size
  ## How many bytes it has.

proc base*(x: Any): Any =
  ## The value as one of the type that its type is made from.
  Any(value: x.value, info: if x.info.base.isNil: nil else: x.info.base())

proc baseTypeKind*(x: Any): AnyKind =
  ## What elements are, or what a reference leads to, or the object that this one inherits from.
  if x.info.base.isNil: akNone else: x.info.base().kind
proc baseTypeSize*(x: Any): int =
  ## How many bytes those have.
  if x.info.base.isNil: 0 else: x.info.base().size

proc skipRange*(x: Any): Any =
  ## A number of a part of a type as one of the whole type.
  needs x.kind == akRange
  base(x)

proc assign*(x, y: Any) =
  ## Copies a value of the same type.
  needs y.info == x.info
  x.info.assign(x.value, y.value)

# References

proc isNil*(x: Any): bool =
  ## Does it lead nowhere?
  needs x.kind in {akCString, akRef, akPtr, akPointer, akProc}
  x.at(pointer)[].isNil

proc getPointer*(x: Any): pointer =
  ## Where it leads.
  needs x.kind in {akCString, akRef, akPtr, akPointer, akProc}
  x.at(pointer)[]

proc setPointer*(x: Any, y: pointer) =
  ## Has it lead elsewhere.
  needs x.kind in {akCString, akRef, akPtr, akPointer, akProc}
  var y = y
  x.info.assign(x.value, addr y)

proc invokeNew*(x: Any) =
  ## Has a `ref` lead to something new.
  needs x.kind == akRef
  x.info.create(x.value)

proc `[]`*(x: Any): Any =
  ## What it leads to.
  needs x.kind in {akRef, akPtr}
  Any(value: x.at(pointer)[], info: x.info.base())

proc `[]=`*(x, y: Any) =
  ## Changes what it leads to.
  assign(x[], y)

# Arrays and seqs

proc len*(x: Any): int =
  ## How many elements there are.
  needs x.kind in {akArray, akSequence}
  x.info.len(x.value)

proc invokeNewSeq*(x: Any, len: int) =
  ## Makes it a new seq.
  needs x.kind == akSequence
  x.info.setLen(x.value, 0)
  x.info.setLen(x.value, len)

proc extendSeq*(x: Any) =
  ## Adds an element.
  needs x.kind == akSequence
  x.info.setLen(x.value, x.len + 1)

proc `[]`*(x: Any, i: int): Any =
  ## An element. IndexDefect if there is none.
  let len = x.len
  if i < 0 or i >= len:
    # An array tells of its length here where a seq tells of its last index.
    let last = if x.kind == akArray: len else: len - 1
    raise newException(IndexDefect, "index " & $i & " not in 0 .. " & $last)
  Any(value: x.info.element(x.value, i), info: x.info.base())

proc `[]=`*(x: Any, i: int, y: Any) =
  ## Changes an element.
  assign(x[i], y)

# Objects and tuples

iterator fields*(x: Any): Field =
  ## The fields that the value has, with their names; those of tuples are `Field0`, `Field1`, …
  needs x.kind in {akTuple, akObject}
  for field in x.info.fields(x.value): yield field

proc `[]`*(x: Any, fieldName: string): Any =
  ## A field. ValueError if there is none.
  for name, field in x.fields:
    if cmpIgnoreStyle(name, fieldName) == 0 and name[0] == fieldName[0]: return field
  raise newException(ValueError, "invalid field name: " & fieldName)

proc `[]=`*(x: Any, fieldName: string, value: Any) =
  ## Changes a field.
  assign(x[fieldName], value)

proc setObjectRuntimeType*(x: Any) {.error: "not supported yet: 'setObjectRuntimeType'".}

# Numbers

proc getInt*(x: Any): int =
  needs x.kind == akInt
  x.at(int)[]
proc getInt8*(x: Any): int8 =
  needs x.kind == akInt8
  x.at(int8)[]
proc getInt16*(x: Any): int16 =
  needs x.kind == akInt16
  x.at(int16)[]
proc getInt32*(x: Any): int32 =
  needs x.kind == akInt32
  x.at(int32)[]
proc getInt64*(x: Any): int64 =
  needs x.kind == akInt64
  x.at(int64)[]
proc getUInt*(x: Any): uint =
  needs x.kind == akUInt
  x.at(uint)[]
proc getUInt8*(x: Any): uint8 =
  needs x.kind == akUInt8
  x.at(uint8)[]
proc getUInt16*(x: Any): uint16 =
  needs x.kind == akUInt16
  x.at(uint16)[]
proc getUInt32*(x: Any): uint32 =
  needs x.kind == akUInt32
  x.at(uint32)[]
proc getUInt64*(x: Any): uint64 =
  needs x.kind == akUInt64
  x.at(uint64)[]
proc getFloat*(x: Any): float =
  needs x.kind == akFloat
  x.at(float)[]
proc getFloat32*(x: Any): float32 =
  needs x.kind == akFloat32
  x.at(float32)[]
proc getFloat64*(x: Any): float64 =
  needs x.kind == akFloat64
  x.at(float64)[]

template onNumber(x: Any, kinds: static set[AnyKind], T, action: untyped) =
  # Does the action with `T` for the type of the number.
  template on(want: AnyKind, Type: typedesc) =
    when want in kinds:
      if x.kind == want:
        type T = Type
        action
  needs x.kind in kinds
  on(akInt, int)
  on(akInt8, int8)
  on(akInt16, int16)
  on(akInt32, int32)
  on(akInt64, int64)
  on(akUInt, uint)
  on(akUInt8, uint8)
  on(akUInt16, uint16)
  on(akUInt32, uint32)
  on(akUInt64, uint64)

const
  unsigned = {akUInt .. akUInt64}
  integers = {akInt .. akInt64} + unsigned

proc ofSize(x: Any): Any =
  # An enum, set, bool or char as an unsigned number.
  result = x
  case x.kind
  of akBool, akChar: result.info = infoOf[uint8]()
  of akEnum, akSet:
    case x.size
    of 1: result.info = infoOf[uint8]()
    of 2: result.info = infoOf[uint16]()
    of 4: result.info = infoOf[int32]()
    else:
      needs x.size == 8
      result.info = infoOf[int64]()
  else: discard

proc getBiggestInt*(x: Any): BiggestInt =
  ## An integer of any kind, a bool, a char, or an enum's or a small set's number.
  let number = ofSize(x)
  onNumber(number, integers, T): result = cast[BiggestInt](number.at(T)[])

proc setBiggestInt*(x: Any, y: BiggestInt) =
  ## Changes an integer of any kind, a bool, a char, or an enum's or a small set's number.
  let number = ofSize(x)
  onNumber(number, integers, T): number.at(T)[] = when T is SomeSignedInt: T(y) else: cast[T](y)

proc getBiggestUint*(x: Any): uint64 =
  ## An unsigned number.
  onNumber(x, unsigned, T): result = uint64(x.at(T)[])

proc setBiggestUint*(x: Any, y: uint64) =
  ## Changes an unsigned number.
  onNumber(x, unsigned, T): x.at(T)[] = T(y)

proc getBiggestFloat*(x: Any): BiggestFloat =
  ## A number with a fraction.
  needs x.kind in {akFloat, akFloat32, akFloat64}
  if x.kind == akFloat32: BiggestFloat(x.at(float32)[]) else: x.at(float)[]

proc setBiggestFloat*(x: Any, y: BiggestFloat) =
  ## Changes a number with a fraction.
  needs x.kind in {akFloat, akFloat32, akFloat64}
  if x.kind == akFloat32: x.at(float32)[] = float32(y) else: x.at(float)[] = y

# Texts and what is counted

proc getChar*(x: Any): char =
  needs x.kind == akChar
  x.at(char)[]
proc getBool*(x: Any): bool =
  needs x.kind == akBool
  x.at(bool)[]
proc getString*(x: Any): string =
  needs x.kind == akString
  x.at(string)[]
proc setString*(x: Any, y: string) =
  needs x.kind == akString
  x.at(string)[] = y
proc getCString*(x: Any): cstring =
  needs x.kind == akCString
  x.at(cstring)[]

proc getEnumOrdinal*(x: Any, name: string): int =
  ## The number of a constant of the value's type; `low(int)` if it has none of the name.
  needs x.kind == akEnum
  for constant in x.info.constants:
    if cmpIgnoreStyle(constant.name, name) == 0 and constant.name[0] == name[0]: return constant.number
  low(int)

proc getEnumField*(x: Any, ordinalValue: int): string =
  ## The constant of the value's type with this number, or the number itself.
  needs x.kind == akEnum
  for constant in x.info.constants:
    if constant.number == ordinalValue: return constant.name
  $ordinalValue

proc getEnumField*(x: Any): string = getEnumField(x, int(getBiggestInt(x)))
  ## The constant that it is.

iterator elements*(x: Any): int =
  ## The numbers of what is in a set.
  needs x.kind == akSet
  for element in x.info.elements(x.value): yield element

proc inclSetElement*(x: Any, elem: int) =
  ## Puts an element with this number into a set.
  needs x.kind == akSet
  x.info.incl(x.value, elem)
