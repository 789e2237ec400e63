## Hash values, for tables and sets. A hash of a type of one's own mixes those of its parts:
##
##   proc hash(x: Point): Hash = !$(hash(x.x) !& hash(x.y))
##
## Integers go through wyhash's mixing of two multiplications, strings through MurmurHash3 (32 bits).

type Hash* = int ## A hash value.

func `!&`*(h: Hash, val: int): Hash =
  ## Mixes one more value into a hash that has been begun.
  var res = cast[uint](h) + cast[uint](val)
  res = res + (res shl 10)
  res = res xor (res shr 6)
  cast[Hash](res)

func `!$`*(h: Hash): Hash =
  ## Finishes a hash.
  var res = cast[uint](h)
  res = res + (res shl 3)
  res = res xor (res shr 11)
  res = res + (res shl 15)
  cast[Hash](res)

func foldedProduct(a, b: uint64): uint64 =
  # The upper and the lower half of the product of 128 bits, xored.
  const lower = 0xFFFF_FFFF'u64
  let ll = (a and lower) * (b and lower)
  let hl = (a shr 32) * (b and lower)
  let lh = (a and lower) * (b shr 32)
  let hh = (a shr 32) * (b shr 32)
  let middle = (ll shr 32) + (hl and lower) + (lh and lower)
  let high = hh + (hl shr 32) + (lh shr 32) + (middle shr 32)
  let low = (ll and lower) or (middle shl 32)
  high xor low

func hashBits(x: uint64): Hash =
  cast[Hash](foldedProduct(foldedProduct(0xa0761d6478bd642f'u64, x xor 0xe7037ed1a0b428db'u64), 0xeb44accab455d16d'u64))

func hashWangYi1*(x: int64): Hash = hashBits(cast[uint64](x))
  ## The hash of an integer.

func hashIdentity*[T: Ordinal|enum](x: T): Hash = Hash(ord(x))
  ## An ordinal value as its own hash.

func hash*[T: Ordinal|enum](x: T): Hash =
  ## The hash of an ordinal value.
  when T is SomeUnsignedInt: hashBits(uint64(x))
  else: hashBits(cast[uint64](int64(ord(x))))

func hash*(x: float): Hash =
  ## The hash of a float; 0.0 and -0.0 have the same.
  hashBits(cast[uint64](x + 0.0))

func hash*(x: pointer): Hash = hashBits(cast[uint64](x))
  ## The hash of an address.

func hash*[T](x: ptr T): Hash = hash(cast[pointer](x))

when defined(nimPreviewHashRef):
  func hash*[T](x: ref T): Hash = hash(cast[pointer](x))
    ## By address.

func hash*[T: proc](x: T): Hash =
  ## The hash of a proc; of a closure with its environment.
  when T is "closure": hash((rawProc(x), rawEnv(x)))
  else: hash(cast[pointer](x))

func rotated(x: uint32, bits: int): uint32 = (x shl bits) or (x shr (32 - bits))

func murmur(data: ptr UncheckedArray[uint8], size: int): Hash =
  # MurmurHash3, the 32-bit variant, with seed 0.
  var h = 0'u32
  var i = 0
  while i + 4 <= size:
    var k = uint32(data[i]) or (uint32(data[i + 1]) shl 8) or (uint32(data[i + 2]) shl 16) or
      (uint32(data[i + 3]) shl 24)
    k = rotated(k * 0xcc9e2d51'u32, 15) * 0x1b873593'u32
    h = rotated(h xor k, 13) * 5'u32 + 0xe6546b64'u32
    i += 4
  var k = 0'u32
  for j in countdown(size - 1, i): k = (k shl 8) or uint32(data[j])
  h = h xor (rotated(k * 0xcc9e2d51'u32, 15) * 0x1b873593'u32)
  h = h xor uint32(size)
  h = (h xor (h shr 16)) * 0x85ebca6b'u32
  h = (h xor (h shr 13)) * 0xc2b2ae35'u32
  h = h xor (h shr 16)
  Hash(h)

func hashData*(data: pointer, size: int): Hash =
  ## The hash of bytes in memory.
  let bytes = cast[ptr UncheckedArray[uint8]](data)
  for i in 0 ..< size: result = result !& int(bytes[i])
  result = !$result

func hash*(sBuf: string, sPos, ePos: int): Hash =
  ## The hash of a part of a string.
  if ePos < sPos: murmur(nil, 0)
  else: murmur(cast[ptr UncheckedArray[uint8]](unsafeAddr sBuf[sPos]), ePos - sPos + 1)

func hash*(x: string): Hash = hash(x, 0, x.len - 1)
  ## The hash of a string.

func hash*(x: cstring): Hash = hash($x)

func lower(c: char): char = (if c in {'A'..'Z'}: char(ord(c) + 32) else: c)

func hashIgnoreStyle*(x: string): Hash =
  ## A hash that is the same for what differs in case and underscores only.
  for c in x:
    if c != '_': result = result !& ord(lower(c))
  result = !$result

func hashIgnoreCase*(x: string): Hash =
  ## A hash that is the same for what differs in case only.
  for c in x: result = result !& ord(lower(c))
  result = !$result

func hash*[A](x: openArray[A]): Hash =
  ## The hash of a sequence, from those of its elements.
  mixin hash
  when A is char or A is byte:
    if x.len == 0: result = murmur(nil, 0)
    else: result = murmur(cast[ptr UncheckedArray[uint8]](unsafeAddr x[0]), x.len)
  else:
    for a in x: result = result !& hash(a)
    result = !$result

func hash*[A](x: set[A]): Hash =
  for a in x: result = result !& hash(a)
  result = !$result

func hash*[T: tuple|object](x: T): Hash =
  ## The hash of a tuple or object, from those of its fields.
  mixin hash
  for f in fields(x): result = result !& hash(f)
  result = !$result

func hash*[A](aBuf: openArray[A], sPos, ePos: int): Hash =
  ## The hash of a part of a sequence.
  mixin hash
  when A is char or A is byte:
    if ePos < sPos: result = murmur(nil, 0)
    else: result = murmur(cast[ptr UncheckedArray[uint8]](unsafeAddr aBuf[sPos]), ePos - sPos + 1)
  else:
    for i in sPos .. ePos: result = result !& hash(aBuf[i])
    result = !$result

func hashIgnoreStyle*(sBuf: string, sPos, ePos: int): Hash = hashIgnoreStyle(substr(sBuf, sPos, ePos))
func hashIgnoreCase*(sBuf: string, sPos, ePos: int): Hash = hashIgnoreCase(substr(sBuf, sPos, ePos))
