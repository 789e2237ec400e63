## The secure hash algorithm SHA-1 (FIPS 180).

import std/strutils

const Sha1DigestSize = 20

type
  Sha1Digest* = array[0 .. Sha1DigestSize - 1, uint8] ## The bytes of a hash.
  SecureHash* = distinct Sha1Digest ## A hash.
  Sha1State* = object
    ## A hash of what has been given so far.
    state: array[5, uint32]
    block64: array[64, uint8]
    filled: int
    total: uint64

proc newSha1State*(): Sha1State =
  ## The state before anything was given.
  result.state = [0x67452301'u32, 0xEFCDAB89'u32, 0x98BADCFE'u32, 0x10325476'u32, 0xC3D2E1F0'u32]

proc rol(x: uint32, n: int): uint32 = (x shl n) or (x shr (32 - n))

proc digestBlock(ctx: var Sha1State) =
  var w: array[80, uint32]
  for i in 0 .. 15:
    for j in 0 .. 3: w[i] = (w[i] shl 8) or uint32(ctx.block64[i * 4 + j])
  for i in 16 .. 79: w[i] = rol(w[i - 3] xor w[i - 8] xor w[i - 14] xor w[i - 16], 1)
  var (a, b, c, d, e) = (ctx.state[0], ctx.state[1], ctx.state[2], ctx.state[3], ctx.state[4])
  for i in 0 .. 79:
    let (f, k) =
      if i < 20: ((b and c) or (not b and d), 0x5A827999'u32)
      elif i < 40: (b xor c xor d, 0x6ED9EBA1'u32)
      elif i < 60: ((b and c) or (b and d) or (c and d), 0x8F1BBCDC'u32)
      else: (b xor c xor d, 0xCA62C1D6'u32)
    let next = rol(a, 5) + f + e + k + w[i]
    (e, d, c, b, a) = (d, c, rol(b, 30), a, next)
  for i, x in [a, b, c, d, e]: ctx.state[i] += x
  ctx.filled = 0

proc addByte(ctx: var Sha1State, b: uint8) =
  ctx.block64[ctx.filled] = b
  inc ctx.filled
  if ctx.filled == 64: digestBlock(ctx)

proc update*(ctx: var Sha1State, data: openArray[char]) =
  ## Takes more of the message.
  for c in data: addByte(ctx, uint8(c))
  ctx.total += uint64(data.len)

proc finalize*(ctx: var Sha1State): Sha1Digest =
  ## The hash of all that was given.
  let bits = ctx.total * 8
  addByte(ctx, 0x80)
  while ctx.filled != 56: addByte(ctx, 0)
  for i in countdown(7, 0): addByte(ctx, uint8((bits shr (i * 8)) and 0xFF))
  for i in 0 ..< Sha1DigestSize:
    result[i] = uint8((ctx.state[i div 4] shr ((3 - i mod 4) * 8)) and 0xFF)

proc secureHash*(str: openArray[char]): SecureHash =
  ## The hash of a text.
  var state = newSha1State()
  state.update(str)
  SecureHash(state.finalize())

proc secureHashFile*(filename: string): SecureHash = secureHash(readFile(filename))
  ## The hash of a file.

proc `$`*(self: SecureHash): string =
  ## The hash as hexadecimal digits.
  for b in Sha1Digest(self): result.add(toHex(int(b), 2))

proc parseSecureHash*(hash: string): SecureHash =
  ## A hash from its digits.
  for i in 0 ..< Sha1DigestSize: Sha1Digest(result)[i] = uint8(parseHexInt(hash[i * 2] & hash[i * 2 + 1]))

proc `==`*(a, b: SecureHash): bool = Sha1Digest(a) == Sha1Digest(b)
  ## Are they the same?

proc isValidSha1Hash*(s: string): bool = s.len == 40 and allCharsInSet(s, HexDigits)
  ## Is it the text of a hash?
