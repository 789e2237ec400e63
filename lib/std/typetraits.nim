## What is to be known of types.

type
  HoleyEnum* = (not Ordinal) and enum ## Enums with holes.
  OrdinalEnum* = Ordinal and enum ## Enums without.
  StaticParam*[value: static type] = object ## Stands for a value among type arguments.

proc name*(t: typedesc): string {.magic: "TypeName".}
  ## The type's name.
proc arity*(t: typedesc): int {.magic: "TypeTrait".}
  ## How many type arguments an instance of a generic type has, or components a tuple.
proc genericHead*(t: typedesc): typedesc {.magic: "TypeTrait".}
  ## The generic type of an instance.
proc isNamedTuple*(T: typedesc): bool {.magic: "TypeTrait".}
  ## Is it a tuple whose fields have names?
proc tupleLen*(T: typedesc[tuple]): int {.magic: "TypeTrait".}
  ## How many fields a tuple has.
template tupleLen*(t: tuple): int = tupleLen(typeof(t))
proc distinctBase*(T: typedesc, recursive: static bool = true): typedesc {.magic: "TypeTrait".}
  ## What a distinct type is made of.
template distinctBase*[T: not typedesc](a: T, recursive: static bool = true): untyped = distinctBase(typeof(a), recursive)(a)
  ## A value of a distinct type as one of what it is made of.
proc stripGenericParams*(t: typedesc): typedesc {.magic: "TypeTrait".}
  ## The same as `genericHead`; other types as they are.
proc hasClosure*(fn: untyped): bool {.magic: "TypeTrait".}
  ## Does the proc capture something?
proc rangeBase*(T: typedesc[range]): typedesc {.magic: "TypeTrait".}
  ## The type that a range is a part of.
template rangeBase*[T: range](value: T): untyped = rangeBase(T)(value)
  ## The value as one of that type.
proc getTypeid*(T: typedesc): int {.magic: "TypeTrait".}
proc genericParam(T: typedesc, at: int): typedesc {.magic: "TypeTrait".}

proc genericParams*(T: typedesc): typedesc {.magic: "TypeTrait".}
  ## The type arguments of an instance, as a tuple type; values among them are `StaticParam`s.
template elementType*(a: untyped): typedesc =
  when compiles(items(a)): typeof(items(a))
  else: typeof(a)
  ## The type of what a loop over `a` gives.
template get*(T: typedesc[tuple], i: static int): untyped = typeof(default(T)[i])
  ## The type of a tuple's component.
template pointerBase*[T](_: typedesc[ptr T | ref T]): typedesc = T
  ## What a `ptr` or `ref` points to.

proc enumConstants(T: typedesc): auto {.magic: "TypeTrait".}
template enumLen*(T: typedesc[enum]): int = enumConstants(T).len
  ## How many constants an enum has.
proc supportsCopyMem*(T: typedesc): bool {.magic: "TypeTrait".}
  ## May values be copied byte by byte?

template toUnsigned*(T: typedesc[SomeInteger]): untyped =
  ## The integer type of the same size without a sign.
  when T is int8: uint8
  elif T is int16: uint16
  elif T is int32: uint32
  elif T is int64: uint64
  elif T is int: uint
  else: T

template toSigned*(T: typedesc[SomeInteger]): untyped =
  ## The integer type of the same size with a sign.
  when T is uint8: int8
  elif T is uint16: int16
  elif T is uint32: int32
  elif T is uint64: int64
  elif T is uint: int
  else: T
