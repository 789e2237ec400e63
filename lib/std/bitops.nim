## Operations on the bits of integers.

func ones[T](x: T): int {.magic: "PopCount".}
func leadingZeros[T](x: T): int {.magic: "LeadingZeros".}
func trailingZeros[T](x: T): int {.magic: "TrailingZeros".}

func bitnot*[T: SomeInteger](x: T): T = not x
  ## All bits the other way round.
func bitand*[T: SomeInteger](x, y: T): T = x and y
  ## The bits that both have.
func bitor*[T: SomeInteger](x, y: T): T = x or y
  ## The bits that one or both have.
func bitxor*[T: SomeInteger](x, y: T): T = x xor y
  ## The bits that one of both has.
func bitand*[T: SomeInteger](x, y, z: T, more: varargs[T]): T =
  result = x and y and z
  for extra in more: result = result and extra
func bitor*[T: SomeInteger](x, y, z: T, more: varargs[T]): T =
  result = x or y or z
  for extra in more: result = result or extra
func bitxor*[T: SomeInteger](x, y, z: T, more: varargs[T]): T =
  result = x xor y xor z
  for extra in more: result = result xor extra

type BitsRange*[T] = range[0 .. sizeof(T) * 8 - 1]
  ## The numbers of an integer's bits.

func mask1[T](bit: int): T {.inline.} = cast[T](1'u64 shl bit)

func toMask*[T: SomeInteger](slice: Slice[int]): T =
  ## The bits of the slice.
  let count = slice.b - slice.a + 1
  let all = if count >= 64: high(uint64) else: (1'u64 shl count) - 1'u64
  cast[T](all shl slice.a)

func masked*[T: SomeInteger](v, mask: T): T = v and mask
  ## The bits of `v` that are in the mask.
func masked*[T: SomeInteger](v: T, slice: Slice[int]): T = v and toMask[T](slice)
func mask*[T: SomeInteger](v: var T, mask: T) = v = v and mask
  ## Keeps the bits that are in the mask.
func mask*[T: SomeInteger](v: var T, slice: Slice[int]) = v = v and toMask[T](slice)
func setMasked*[T: SomeInteger](v, mask: T): T = v or mask
  ## `v` with the bits of the mask.
func setMasked*[T: SomeInteger](v: T, slice: Slice[int]): T = v or toMask[T](slice)
func setMask*[T: SomeInteger](v: var T, mask: T) = v = v or mask
  ## Sets the bits of the mask.
func setMask*[T: SomeInteger](v: var T, slice: Slice[int]) = v = v or toMask[T](slice)
func clearMasked*[T: SomeInteger](v, mask: T): T = v and not mask
  ## `v` without the bits of the mask.
func clearMasked*[T: SomeInteger](v: T, slice: Slice[int]): T = v and not toMask[T](slice)
func clearMask*[T: SomeInteger](v: var T, mask: T) = v = v and not mask
  ## Clears the bits of the mask.
func clearMask*[T: SomeInteger](v: var T, slice: Slice[int]) = v = v and not toMask[T](slice)
func flipMasked*[T: SomeInteger](v, mask: T): T = v xor mask
  ## `v` with the bits of the mask the other way round.
func flipMasked*[T: SomeInteger](v: T, slice: Slice[int]): T = v xor toMask[T](slice)
func flipMask*[T: SomeInteger](v: var T, mask: T) = v = v xor mask
  ## Turns the bits of the mask round.
func flipMask*[T: SomeInteger](v: var T, slice: Slice[int]) = v = v xor toMask[T](slice)

func setBit*[T: SomeInteger](v: var T, bit: BitsRange[T]) = v = v or mask1[T](bit)
  ## Sets a bit.
func clearBit*[T: SomeInteger](v: var T, bit: BitsRange[T]) = v = v and not mask1[T](bit)
  ## Clears a bit.
func flipBit*[T: SomeInteger](v: var T, bit: BitsRange[T]) = v = v xor mask1[T](bit)
  ## Turns a bit round.
func testBit*[T: SomeInteger](v: T, bit: BitsRange[T]): bool = (v and mask1[T](bit)) != T(0)
  ## Is the bit set?
func setBits*[T: SomeInteger](v: var T, bits: varargs[int]) =
  ## Sets several bits.
  for bit in bits: v.setBit(bit)
func clearBits*[T: SomeInteger](v: var T, bits: varargs[int]) =
  ## Clears several bits.
  for bit in bits: v.clearBit(bit)
func flipBits*[T: SomeInteger](v: var T, bits: varargs[int]) =
  ## Turns several bits round.
  for bit in bits: v.flipBit(bit)

func bitsliced*[T: SomeInteger](v: T, slice: Slice[int]): T =
  ## The bits of the slice, moved to the bottom.
  const width = sizeof(T) * 8
  let count = slice.b - slice.a + 1
  let bits = cast[uint64](v) shr slice.a
  cast[T](if count >= width: bits else: bits and ((1'u64 shl count) - 1'u64))

func bitslice*[T: SomeInteger](v: var T, slice: Slice[int]) = v = bitsliced(v, slice)
  ## Keeps the bits of the slice, moved to the bottom.

func countSetBits*(x: SomeInteger): int = ones(x)
  ## How many bits are 1.
func popcount*(x: SomeInteger): int = ones(x)
  ## How many bits are 1.
func parityBits*(x: SomeInteger): int = ones(x) and 1
  ## Is the number of ones odd? 1 or 0.
func firstSetBit*(x: SomeInteger): int = (if x == 0: 0 else: trailingZeros(x) + 1)
  ## The number of the lowest 1, counted from 1; 0 for 0.
func fastLog2*(x: SomeInteger): int = sizeof(x) * 8 - 1 - leadingZeros(x)
  ## The number of the highest 1, counted from 0.
func countLeadingZeroBits*(x: SomeInteger): int = (if x == 0: 0 else: leadingZeros(x))
  ## How many zeros are above the highest 1; 0 for 0.
func countTrailingZeroBits*(x: SomeInteger): int = (if x == 0: 0 else: trailingZeros(x))
  ## How many zeros are below the lowest 1; 0 for 0.

func rotateLeftBits*[T: SomeUnsignedInt](value: T, shift: range[0 .. 63]): T =
  ## Moves the bits up; those that fall out come in at the bottom.
  const width = sizeof(T) * 8
  let by = int(shift) mod width
  if by == 0: value else: (value shl by) or (value shr (width - by))

func rotateRightBits*[T: SomeUnsignedInt](value: T, shift: range[0 .. 63]): T =
  ## Moves the bits down; those that fall out come in at the top.
  const width = sizeof(T) * 8
  let by = int(shift) mod width
  if by == 0: value else: (value shr by) or (value shl (width - by))

func reverseBits*[T: SomeUnsignedInt](x: T): T =
  ## The bits in the other order.
  for i in 0 ..< sizeof(T) * 8:
    if testBit(x, i): result.setBit(sizeof(T) * 8 - 1 - i)
