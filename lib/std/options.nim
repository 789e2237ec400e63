## A value that may be there or not.

import private/relaid

type
  SomePointer = ref | ptr | pointer | proc
  Option*[T] = object
    ## A value of `T`, or none. Pointers and refs are their own mark: nil is none.
    when T is SomePointer:
      val: T
    else:
      val: T
      has: bool
  UnpackDefect* = object of Defect ## There is no value.
  UnpackError* {.deprecated: "See corresponding Defect".} = UnpackDefect

proc migrated[T: Relaid](value: var Option[T]) =
  # A reload has converted what is in it, if there is something.
  when T isnot SomePointer:
    if not value.has: value.val = default(T)

proc option*[T](val: sink T): Option[T] =
  ## The value; of a pointer or ref that is nil, none.
  when T is SomePointer:
    result.val = val
  else:
    result.val = val
    result.has = true

proc some*[T](val: sink T): Option[T] =
  ## The value.
  when T is SomePointer:
    assert not val.isNil
    result.val = val
  else:
    result.val = val
    result.has = true

proc none*(T: typedesc): Option[T] = discard
  ## No value.
proc none*[T](): Option[T] = discard
  ## No value.

proc isSome*[T](self: Option[T]): bool =
  ## Is there a value?
  when T is SomePointer: not self.val.isNil
  else: self.has

proc isNone*[T](self: Option[T]): bool = not isSome(self)
  ## Is there none?

proc get*[T](self: Option[T]): T =
  ## The value. UnpackDefect when there is none.
  if isNone(self): raise newException(UnpackDefect, "Can't obtain a value from a `none`")
  result = self.val

proc get*[T](self: Option[T], otherwise: T): T =
  ## The value, or `otherwise`.
  if isSome(self): self.val else: otherwise

proc get*[T](self: var Option[T]): var T =
  ## The value, to be changed in place.
  if isNone(self): raise newException(UnpackDefect, "Can't obtain a value from a `none`")
  return self.val

proc unsafeGet*[T](self: Option[T]): T =
  ## The value, which must be there.
  assert isSome(self)
  result = self.val

proc map*[T](self: Option[T], callback: proc (input: T)) =
  ## Calls `callback` with the value, if there is one.
  if isSome(self): callback(self.val)

proc map*[T, R](self: Option[T], callback: proc (input: T): R): Option[R] =
  ## What `callback` makes of the value, if there is one.
  if isSome(self): result = some[R](callback(self.val))

proc flatten*[T](self: Option[Option[T]]): Option[T] =
  ## The inner one.
  if isSome(self): result = self.val

proc flatMap*[T, R](self: Option[T], callback: proc (input: T): Option[R]): Option[R] =
  ## What `callback` makes of the value, which may be none.
  if isSome(self): result = callback(self.val)

proc filter*[T](self: Option[T], callback: proc (input: T): bool): Option[T] =
  ## The value, if `callback` says yes to it.
  if isSome(self) and callback(self.val): result = self

proc `==`*[T](a, b: Option[T]): bool =
  ## Both none, or both equal values.
  if isSome(a) and isSome(b): a.val == b.val
  else: isSome(a) == isSome(b)

proc `$`*[T](self: Option[T]): string =
  if isSome(self):
    result = "some("
    result.addQuoted(self.val)
    result.add(")")
  else:
    result = "none(" & $T & ")"
