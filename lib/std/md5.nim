## The MD5 checksum.

type
  MD5State = array[4, uint32]
  MD5CBits = array[8, uint8]
  MD5Digest* = array[16, uint8]
    ## A checksum.
  MD5Buffer = array[64, uint8]
  MD5Context* = object
    ## A checksum in the making.
    state: MD5State
    length: uint64 # in bytes
    buffer: MD5Buffer

const
  shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
  sines = [ # floor(2^32 * abs(sin(i + 1)))
    0xd76aa478'u32, 0xe8c7b756'u32, 0x242070db'u32, 0xc1bdceee'u32, 0xf57c0faf'u32, 0x4787c62a'u32, 0xa8304613'u32,
    0xfd469501'u32, 0x698098d8'u32, 0x8b44f7af'u32, 0xffff5bb1'u32, 0x895cd7be'u32, 0x6b901122'u32, 0xfd987193'u32,
    0xa679438e'u32, 0x49b40821'u32, 0xf61e2562'u32, 0xc040b340'u32, 0x265e5a51'u32, 0xe9b6c7aa'u32, 0xd62f105d'u32,
    0x02441453'u32, 0xd8a1e681'u32, 0xe7d3fbc8'u32, 0x21e1cde6'u32, 0xc33707d6'u32, 0xf4d50d87'u32, 0x455a14ed'u32,
    0xa9e3e905'u32, 0xfcefa3f8'u32, 0x676f02d9'u32, 0x8d2a4c8a'u32, 0xfffa3942'u32, 0x8771f681'u32, 0x6d9d6122'u32,
    0xfde5380c'u32, 0xa4beea44'u32, 0x4bdecfa9'u32, 0xf6bb4b60'u32, 0xbebfbc70'u32, 0x289b7ec6'u32, 0xeaa127fa'u32,
    0xd4ef3085'u32, 0x04881d05'u32, 0xd9d4d039'u32, 0xe6db99e5'u32, 0x1fa27cf8'u32, 0xc4ac5665'u32, 0xf4292244'u32,
    0x432aff97'u32, 0xab9423a7'u32, 0xfc93a039'u32, 0x655b59c3'u32, 0x8f0ccc92'u32, 0xffeff47d'u32, 0x85845dd1'u32,
    0x6fa87e4f'u32, 0xfe2ce6e0'u32, 0xa3014314'u32, 0x4e0811a1'u32, 0xf7537e82'u32, 0xbd3af235'u32, 0x2ad7d2bb'u32,
    0xeb86d391'u32]

proc transform(state: var MD5State, data: MD5Buffer) =
  var words: array[16, uint32]
  for i in 0 .. 15:
    for k in countdown(3, 0): words[i] = words[i] shl 8 or uint32(data[i * 4 + k])
  var (a, b, c, d) = (state[0], state[1], state[2], state[3])
  for i in 0 .. 63:
    var f: uint32
    var at = i
    if i < 16: f = (b and c) or (not b and d)
    elif i < 32:
      f = (d and b) or (not d and c)
      at = (5 * i + 1) and 15
    elif i < 48:
      f = b xor c xor d
      at = (3 * i + 5) and 15
    else:
      f = c xor (b or not d)
      at = (7 * i) and 15
    let sum = a + f + sines[i] + words[at]
    let by = shifts[i div 16 * 4 + i mod 4]
    a = d
    d = c
    c = b
    b = b + ((sum shl by) or (sum shr (32 - by)))
  state[0] = state[0] + a
  state[1] = state[1] + b
  state[2] = state[2] + c
  state[3] = state[3] + d

proc md5Init*(c: var MD5Context) =
  ## Begins.
  c = MD5Context()
  c.state = [0x67452301'u32, 0xefcdab89'u32, 0x98badcfe'u32, 0x10325476'u32]

proc addByte(c: var MD5Context, b: uint8) =
  c.buffer[int(c.length and 63)] = b
  inc c.length
  if (c.length and 63) == 0: transform(c.state, c.buffer)

proc md5Update*(c: var MD5Context, input: openArray[uint8]) =
  ## Takes bytes.
  for b in input: addByte(c, b)

proc md5Update*(c: var MD5Context, input: cstring, len: int) =
  ## Takes bytes.
  for i in 0 ..< len: addByte(c, uint8(input[i]))

proc md5Final*(c: var MD5Context, digest: var MD5Digest) =
  ## Ends, and gives the checksum.
  let bits = c.length * 8
  addByte(c, 0x80)
  while (c.length and 63) != 56: addByte(c, 0)
  for k in 0 .. 7: addByte(c, uint8(bits shr (8 * k) and 0xFF))
  for i in 0 .. 15: digest[i] = uint8(c.state[i div 4] shr (8 * (i mod 4)) and 0xFF)

proc toMD5*(s: string): MD5Digest =
  ## The checksum of a string.
  var c: MD5Context
  md5Init(c)
  for ch in s: addByte(c, uint8(ch))
  md5Final(c, result)

proc `$`*(d: MD5Digest): string =
  ## In hexadecimal digits.
  const digits = "0123456789abcdef"
  for b in d:
    result.add(digits[int(b shr 4)])
    result.add(digits[int(b and 15)])

proc getMD5*(s: string): string = $toMD5(s)
  ## The checksum of a string in hexadecimal digits.
proc `==`*(D1, D2: MD5Digest): bool =
  for i in 0 .. 15:
    if D1[i] != D2[i]: return false
  true
