## Whole numbers of one to nine bytes, as SQLite 4 writes them: small ones are short, and bytes sort as the numbers do.

const maxVarIntLen* = 9 ## The most bytes of one.

proc readVu64*(z: openArray[byte]; pResult: var uint64): int =
  ## Reads a number; gives how many bytes it has, or 0 where they are too few.
  if z.len == 0: return 0
  let first = z[0]
  if first <= 240:
    pResult = first
    return 1
  if first <= 248:
    if z.len < 2: return 0
    pResult = (uint64(first) - 241) * 256 + uint64(z[1]) + 240
    return 2
  if z.len < int(first) - 246: return 0
  if first == 249:
    pResult = 2288'u64 + 256'u64 * uint64(z[1]) + uint64(z[2])
    return 3
  pResult = 0
  let count = int(first) - 247
  for i in 1 .. count: pResult = pResult shl 8 or uint64(z[i])
  count + 1

proc writeVu64*(z: var openArray[byte], x: uint64): int =
  ## Writes a number; gives how many bytes it has.
  if x <= 240:
    z[0] = byte(x)
    return 1
  if x <= 2287:
    let y = x - 240
    z[0] = byte(y div 256 + 241)
    z[1] = byte(y mod 256)
    return 2
  if x <= 67823:
    let y = x - 2288
    z[0] = 249
    z[1] = byte(y div 256)
    z[2] = byte(y mod 256)
    return 3
  var count = 3
  while count < 8 and x shr (8 * count) != 0: inc(count)
  z[0] = byte(247 + count)
  for i in 1 .. count: z[i] = byte(x shr (8 * (count - i)) and 255)
  count + 1

proc encodeZigzag*(x: int64): uint64 {.inline.} =
  ## Numbers near 0 become small ones.
  cast[uint64](x shl 1) xor cast[uint64](ashr(x, 63))

proc decodeZigzag*(x: uint64): int64 {.inline.} =
  ## The number that was encoded.
  cast[int64](x shr 1) xor -cast[int64](x and 1)
