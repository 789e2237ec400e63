# Operations on numbers and other ordinals, as the compiler has them.

# Truth values

proc `not`*(x: bool): bool {.magic: "Not".}
proc `and`*(x, y: bool): bool {.magic: "And".}
  ## `y` is not evaluated when `x` is false.
proc `or`*(x, y: bool): bool {.magic: "Or".}
  ## `y` is not evaluated when `x` is true.
proc `xor`*(x, y: bool): bool {.magic: "BitXor".}
  ## Is exactly one true?

# Integers and floats. Signed results that do not fit are an OverflowDefect, unsigned ones wrap around

proc `+`*(x, y: int): int {.magic: "Add".}
proc `+`*(x, y: int8): int8 {.magic: "Add".}
proc `+`*(x, y: int16): int16 {.magic: "Add".}
proc `+`*(x, y: int32): int32 {.magic: "Add".}
proc `+`*(x, y: int64): int64 {.magic: "Add".}
proc `+`*(x, y: uint): uint {.magic: "Add".}
proc `+`*(x, y: uint8): uint8 {.magic: "Add".}
proc `+`*(x, y: uint16): uint16 {.magic: "Add".}
proc `+`*(x, y: uint32): uint32 {.magic: "Add".}
proc `+`*(x, y: uint64): uint64 {.magic: "Add".}
proc `+`*(x, y: float): float {.magic: "Add".}
proc `+`*(x, y: float32): float32 {.magic: "Add".}
proc `-`*(x, y: int): int {.magic: "Sub".}
proc `-`*(x, y: int8): int8 {.magic: "Sub".}
proc `-`*(x, y: int16): int16 {.magic: "Sub".}
proc `-`*(x, y: int32): int32 {.magic: "Sub".}
proc `-`*(x, y: int64): int64 {.magic: "Sub".}
proc `-`*(x, y: uint): uint {.magic: "Sub".}
proc `-`*(x, y: uint8): uint8 {.magic: "Sub".}
proc `-`*(x, y: uint16): uint16 {.magic: "Sub".}
proc `-`*(x, y: uint32): uint32 {.magic: "Sub".}
proc `-`*(x, y: uint64): uint64 {.magic: "Sub".}
proc `-`*(x, y: float): float {.magic: "Sub".}
proc `-`*(x, y: float32): float32 {.magic: "Sub".}
proc `*`*(x, y: int): int {.magic: "Mul".}
proc `*`*(x, y: int8): int8 {.magic: "Mul".}
proc `*`*(x, y: int16): int16 {.magic: "Mul".}
proc `*`*(x, y: int32): int32 {.magic: "Mul".}
proc `*`*(x, y: int64): int64 {.magic: "Mul".}
proc `*`*(x, y: uint): uint {.magic: "Mul".}
proc `*`*(x, y: uint8): uint8 {.magic: "Mul".}
proc `*`*(x, y: uint16): uint16 {.magic: "Mul".}
proc `*`*(x, y: uint32): uint32 {.magic: "Mul".}
proc `*`*(x, y: uint64): uint64 {.magic: "Mul".}
proc `*`*(x, y: float): float {.magic: "Mul".}
proc `*`*(x, y: float32): float32 {.magic: "Mul".}
proc `/`*(x, y: float): float {.magic: "Div".}
proc `/`*(x, y: float32): float32 {.magic: "Div".}
proc `div`*(x, y: int): int {.magic: "IDiv".}
  ## Rounds towards zero.
proc `div`*(x, y: int8): int8 {.magic: "IDiv".}
proc `div`*(x, y: int16): int16 {.magic: "IDiv".}
proc `div`*(x, y: int32): int32 {.magic: "IDiv".}
proc `div`*(x, y: int64): int64 {.magic: "IDiv".}
proc `div`*(x, y: uint): uint {.magic: "IDiv".}
proc `div`*(x, y: uint8): uint8 {.magic: "IDiv".}
proc `div`*(x, y: uint16): uint16 {.magic: "IDiv".}
proc `div`*(x, y: uint32): uint32 {.magic: "IDiv".}
proc `div`*(x, y: uint64): uint64 {.magic: "IDiv".}
proc `mod`*(x, y: int): int {.magic: "IMod".}
  ## What `div` leaves; has the sign of `x`.
proc `mod`*(x, y: int8): int8 {.magic: "IMod".}
proc `mod`*(x, y: int16): int16 {.magic: "IMod".}
proc `mod`*(x, y: int32): int32 {.magic: "IMod".}
proc `mod`*(x, y: int64): int64 {.magic: "IMod".}
proc `mod`*(x, y: uint): uint {.magic: "IMod".}
proc `mod`*(x, y: uint8): uint8 {.magic: "IMod".}
proc `mod`*(x, y: uint16): uint16 {.magic: "IMod".}
proc `mod`*(x, y: uint32): uint32 {.magic: "IMod".}
proc `mod`*(x, y: uint64): uint64 {.magic: "IMod".}
proc `-`*(x: int): int {.magic: "Neg".}
proc `-`*(x: int8): int8 {.magic: "Neg".}
proc `-`*(x: int16): int16 {.magic: "Neg".}
proc `-`*(x: int32): int32 {.magic: "Neg".}
proc `-`*(x: int64): int64 {.magic: "Neg".}
proc `-`*(x: float): float {.magic: "Neg".}
proc `-`*(x: float32): float32 {.magic: "Neg".}
proc `+`*(x: int): int {.magic: "Pos".}
proc `+`*(x: int8): int8 {.magic: "Pos".}
proc `+`*(x: int16): int16 {.magic: "Pos".}
proc `+`*(x: int32): int32 {.magic: "Pos".}
proc `+`*(x: int64): int64 {.magic: "Pos".}
proc `+`*(x: uint): uint {.magic: "Pos".}
proc `+`*(x: uint8): uint8 {.magic: "Pos".}
proc `+`*(x: uint16): uint16 {.magic: "Pos".}
proc `+`*(x: uint32): uint32 {.magic: "Pos".}
proc `+`*(x: uint64): uint64 {.magic: "Pos".}
proc `+`*(x: float): float {.magic: "Pos".}
proc `+`*(x: float32): float32 {.magic: "Pos".}
proc abs*(x: int): int {.magic: "Abs".}
  ## `x` without its sign.
proc abs*(x: int8): int8 {.magic: "Abs".}
proc abs*(x: int16): int16 {.magic: "Abs".}
proc abs*(x: int32): int32 {.magic: "Abs".}
proc abs*(x: int64): int64 {.magic: "Abs".}
proc abs*(x: float): float {.magic: "Abs".}
proc abs*(x: float32): float32 {.magic: "Abs".}

# Bits

proc `and`*(x, y: int): int {.magic: "BitAnd".}
proc `and`*(x, y: int8): int8 {.magic: "BitAnd".}
proc `and`*(x, y: int16): int16 {.magic: "BitAnd".}
proc `and`*(x, y: int32): int32 {.magic: "BitAnd".}
proc `and`*(x, y: int64): int64 {.magic: "BitAnd".}
proc `and`*(x, y: uint): uint {.magic: "BitAnd".}
proc `and`*(x, y: uint8): uint8 {.magic: "BitAnd".}
proc `and`*(x, y: uint16): uint16 {.magic: "BitAnd".}
proc `and`*(x, y: uint32): uint32 {.magic: "BitAnd".}
proc `and`*(x, y: uint64): uint64 {.magic: "BitAnd".}
proc `or`*(x, y: int): int {.magic: "BitOr".}
proc `or`*(x, y: int8): int8 {.magic: "BitOr".}
proc `or`*(x, y: int16): int16 {.magic: "BitOr".}
proc `or`*(x, y: int32): int32 {.magic: "BitOr".}
proc `or`*(x, y: int64): int64 {.magic: "BitOr".}
proc `or`*(x, y: uint): uint {.magic: "BitOr".}
proc `or`*(x, y: uint8): uint8 {.magic: "BitOr".}
proc `or`*(x, y: uint16): uint16 {.magic: "BitOr".}
proc `or`*(x, y: uint32): uint32 {.magic: "BitOr".}
proc `or`*(x, y: uint64): uint64 {.magic: "BitOr".}
proc `xor`*(x, y: int): int {.magic: "BitXor".}
proc `xor`*(x, y: int8): int8 {.magic: "BitXor".}
proc `xor`*(x, y: int16): int16 {.magic: "BitXor".}
proc `xor`*(x, y: int32): int32 {.magic: "BitXor".}
proc `xor`*(x, y: int64): int64 {.magic: "BitXor".}
proc `xor`*(x, y: uint): uint {.magic: "BitXor".}
proc `xor`*(x, y: uint8): uint8 {.magic: "BitXor".}
proc `xor`*(x, y: uint16): uint16 {.magic: "BitXor".}
proc `xor`*(x, y: uint32): uint32 {.magic: "BitXor".}
proc `xor`*(x, y: uint64): uint64 {.magic: "BitXor".}
proc `not`*(x: int): int {.magic: "BitNot".}
proc `not`*(x: int8): int8 {.magic: "BitNot".}
proc `not`*(x: int16): int16 {.magic: "BitNot".}
proc `not`*(x: int32): int32 {.magic: "BitNot".}
proc `not`*(x: int64): int64 {.magic: "BitNot".}
proc `not`*(x: uint): uint {.magic: "BitNot".}
proc `not`*(x: uint8): uint8 {.magic: "BitNot".}
proc `not`*(x: uint16): uint16 {.magic: "BitNot".}
proc `not`*(x: uint32): uint32 {.magic: "BitNot".}
proc `not`*(x: uint64): uint64 {.magic: "BitNot".}
proc `shl`*(x: int, y: SomeInteger): int {.magic: "Shl".}
  ## Shifts to the left; bits that leave are lost.
proc `shl`*(x: int8, y: SomeInteger): int8 {.magic: "Shl".}
proc `shl`*(x: int16, y: SomeInteger): int16 {.magic: "Shl".}
proc `shl`*(x: int32, y: SomeInteger): int32 {.magic: "Shl".}
proc `shl`*(x: int64, y: SomeInteger): int64 {.magic: "Shl".}
proc `shl`*(x: uint, y: SomeInteger): uint {.magic: "Shl".}
proc `shl`*(x: uint8, y: SomeInteger): uint8 {.magic: "Shl".}
proc `shl`*(x: uint16, y: SomeInteger): uint16 {.magic: "Shl".}
proc `shl`*(x: uint32, y: SomeInteger): uint32 {.magic: "Shl".}
proc `shl`*(x: uint64, y: SomeInteger): uint64 {.magic: "Shl".}
proc `shr`*(x: int, y: SomeInteger): int {.magic: "Shr".}
  ## Shifts to the right: arithmetic when `x` is signed.
proc `shr`*(x: int8, y: SomeInteger): int8 {.magic: "Shr".}
proc `shr`*(x: int16, y: SomeInteger): int16 {.magic: "Shr".}
proc `shr`*(x: int32, y: SomeInteger): int32 {.magic: "Shr".}
proc `shr`*(x: int64, y: SomeInteger): int64 {.magic: "Shr".}
proc `shr`*(x: uint, y: SomeInteger): uint {.magic: "Shr".}
proc `shr`*(x: uint8, y: SomeInteger): uint8 {.magic: "Shr".}
proc `shr`*(x: uint16, y: SomeInteger): uint16 {.magic: "Shr".}
proc `shr`*(x: uint32, y: SomeInteger): uint32 {.magic: "Shr".}
proc `shr`*(x: uint64, y: SomeInteger): uint64 {.magic: "Shr".}
proc ashr*(x: int, y: SomeInteger): int {.magic: "AShr".}
  ## Shifts to the right and keeps the sign.
proc ashr*(x: int8, y: SomeInteger): int8 {.magic: "AShr".}
proc ashr*(x: int16, y: SomeInteger): int16 {.magic: "AShr".}
proc ashr*(x: int32, y: SomeInteger): int32 {.magic: "AShr".}
proc ashr*(x: int64, y: SomeInteger): int64 {.magic: "AShr".}

# Signed integers as if they were unsigned

proc `+%`*(x, y: int): int {.magic: "AddW".}
proc `+%`*(x, y: int8): int8 {.magic: "AddW".}
proc `+%`*(x, y: int16): int16 {.magic: "AddW".}
proc `+%`*(x, y: int32): int32 {.magic: "AddW".}
proc `+%`*(x, y: int64): int64 {.magic: "AddW".}
proc `-%`*(x, y: int): int {.magic: "SubW".}
proc `-%`*(x, y: int8): int8 {.magic: "SubW".}
proc `-%`*(x, y: int16): int16 {.magic: "SubW".}
proc `-%`*(x, y: int32): int32 {.magic: "SubW".}
proc `-%`*(x, y: int64): int64 {.magic: "SubW".}
proc `*%`*(x, y: int): int {.magic: "MulW".}
proc `*%`*(x, y: int8): int8 {.magic: "MulW".}
proc `*%`*(x, y: int16): int16 {.magic: "MulW".}
proc `*%`*(x, y: int32): int32 {.magic: "MulW".}
proc `*%`*(x, y: int64): int64 {.magic: "MulW".}
proc `/%`*(x, y: int): int {.magic: "DivU".}
proc `/%`*(x, y: int8): int8 {.magic: "DivU".}
proc `/%`*(x, y: int16): int16 {.magic: "DivU".}
proc `/%`*(x, y: int32): int32 {.magic: "DivU".}
proc `/%`*(x, y: int64): int64 {.magic: "DivU".}
proc `%%`*(x, y: int): int {.magic: "ModU".}
proc `%%`*(x, y: int8): int8 {.magic: "ModU".}
proc `%%`*(x, y: int16): int16 {.magic: "ModU".}
proc `%%`*(x, y: int32): int32 {.magic: "ModU".}
proc `%%`*(x, y: int64): int64 {.magic: "ModU".}
proc `<%`*(x, y: int): bool {.magic: "LtU".}
proc `<%`*(x, y: int8): bool {.magic: "LtU".}
proc `<%`*(x, y: int16): bool {.magic: "LtU".}
proc `<%`*(x, y: int32): bool {.magic: "LtU".}
proc `<%`*(x, y: int64): bool {.magic: "LtU".}
proc `<=%`*(x, y: int): bool {.magic: "LeU".}
proc `<=%`*(x, y: int8): bool {.magic: "LeU".}
proc `<=%`*(x, y: int16): bool {.magic: "LeU".}
proc `<=%`*(x, y: int32): bool {.magic: "LeU".}
proc `<=%`*(x, y: int64): bool {.magic: "LeU".}
template `>%`*(x, y: untyped): untyped = y <% x
template `>=%`*(x, y: untyped): untyped = y <=% x

# Comparison of what is compared in one step

proc `==`*(x, y: int): bool {.magic: "Eq".}
proc `==`*(x, y: int8): bool {.magic: "Eq".}
proc `==`*(x, y: int16): bool {.magic: "Eq".}
proc `==`*(x, y: int32): bool {.magic: "Eq".}
proc `==`*(x, y: int64): bool {.magic: "Eq".}
proc `==`*(x, y: uint): bool {.magic: "Eq".}
proc `==`*(x, y: uint8): bool {.magic: "Eq".}
proc `==`*(x, y: uint16): bool {.magic: "Eq".}
proc `==`*(x, y: uint32): bool {.magic: "Eq".}
proc `==`*(x, y: uint64): bool {.magic: "Eq".}
proc `==`*(x, y: float): bool {.magic: "Eq".}
proc `==`*(x, y: float32): bool {.magic: "Eq".}
proc `==`*(x, y: bool): bool {.magic: "Eq".}
proc `==`*(x, y: char): bool {.magic: "Eq".}
template `==`*(x, y: typeof(nil)): bool = true
proc `==`*(x, y: pointer): bool {.magic: "Eq".}
proc `==`*[T: enum](x, y: T): bool {.magic: "Eq".}
proc `==`*[T](x, y: ref T): bool {.magic: "Eq".}
  ## Is it the same object?
proc `==`*[T](x, y: ptr T): bool {.magic: "Eq".}
proc `==`*[T: proc | iterator](x, y: T): bool {.magic: "Eq".}
  ## Is it the same routine in the same environment?
proc `<`*(x, y: int): bool {.magic: "Lt".}
proc `<`*(x, y: int8): bool {.magic: "Lt".}
proc `<`*(x, y: int16): bool {.magic: "Lt".}
proc `<`*(x, y: int32): bool {.magic: "Lt".}
proc `<`*(x, y: int64): bool {.magic: "Lt".}
proc `<`*(x, y: uint): bool {.magic: "Lt".}
proc `<`*(x, y: uint8): bool {.magic: "Lt".}
proc `<`*(x, y: uint16): bool {.magic: "Lt".}
proc `<`*(x, y: uint32): bool {.magic: "Lt".}
proc `<`*(x, y: uint64): bool {.magic: "Lt".}
proc `<`*(x, y: float): bool {.magic: "Lt".}
proc `<`*(x, y: float32): bool {.magic: "Lt".}
proc `<`*(x, y: bool): bool {.magic: "Lt".}
proc `<`*(x, y: char): bool {.magic: "Lt".}
proc `<`*(x, y: pointer): bool {.magic: "Lt".}
proc `<`*[T: enum](x, y: T): bool {.magic: "Lt".}
proc `<`*[T](x, y: ref T): bool {.magic: "Lt".}
proc `<`*[T](x, y: ptr T): bool {.magic: "Lt".}
proc `<=`*(x, y: int): bool {.magic: "Le".}
proc `<=`*(x, y: int8): bool {.magic: "Le".}
proc `<=`*(x, y: int16): bool {.magic: "Le".}
proc `<=`*(x, y: int32): bool {.magic: "Le".}
proc `<=`*(x, y: int64): bool {.magic: "Le".}
proc `<=`*(x, y: uint): bool {.magic: "Le".}
proc `<=`*(x, y: uint8): bool {.magic: "Le".}
proc `<=`*(x, y: uint16): bool {.magic: "Le".}
proc `<=`*(x, y: uint32): bool {.magic: "Le".}
proc `<=`*(x, y: uint64): bool {.magic: "Le".}
proc `<=`*(x, y: float): bool {.magic: "Le".}
proc `<=`*(x, y: float32): bool {.magic: "Le".}
proc `<=`*(x, y: bool): bool {.magic: "Le".}
proc `<=`*(x, y: char): bool {.magic: "Le".}
proc `<=`*(x, y: pointer): bool {.magic: "Le".}
proc `<=`*[T: enum](x, y: T): bool {.magic: "Le".}
proc `<=`*[T](x, y: ref T): bool {.magic: "Le".}
proc `<=`*[T](x, y: ptr T): bool {.magic: "Le".}
template `!=`*(x, y: untyped): untyped = not (x == y)
template `>`*(x, y: untyped): untyped = y < x
template `>=`*(x, y: untyped): untyped = y <= x
proc isNil*[T](x: ref T): bool {.magic: "IsNil".}
proc isNil*[T](x: ptr T): bool {.magic: "IsNil".}
template isNil*(x: typeof(nil)): bool = true
proc isNil*[T](x: seq[T]): bool {.error.}
proc isNil*(x: string): bool {.error.}
proc isNil*(x: pointer): bool {.magic: "IsNil".}
proc isNil*(x: cstring): bool {.magic: "IsNil".}
proc isNil*[T: proc | iterator](x: T): bool {.magic: "IsNil".}
