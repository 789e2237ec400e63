## Identifiers that are unlike all others: the time, a number of this process and a counter.

import std/[times, random, hashes, endians]

type
  Oid* = object
    ## An identifier.
    time: int32
    fuzz: int32
    count: int32

proc `==`*(oid1: Oid, oid2: Oid): bool =
  ## Are they the same?
  oid1.time == oid2.time and oid1.fuzz == oid2.fuzz and oid1.count == oid2.count

proc hash*(oid: Oid): Hash =
  ## A hash of all three parts.
  var h: Hash = 0
  h = h !& hash(oid.time)
  h = h !& hash(oid.fuzz)
  h = h !& hash(oid.count)
  result = !$h

proc digit(c: char): int =
  case c
  of '0'..'9': ord(c) - ord('0')
  of 'a'..'f': ord(c) - ord('a') + 10
  of 'A'..'F': ord(c) - ord('A') + 10
  else: 0

proc hexbyte*(hex: char): int {.inline.} = digit(hex)
  ## The value of a digit.

proc parseOid*(str: cstring): Oid =
  ## The identifier that `$` has shown.
  let bytes = cast[ptr UncheckedArray[byte]](addr result)
  for i in 0 ..< 12: bytes[i] = byte(digit(str[2 * i]) shl 4 or digit(str[2 * i + 1]))

proc `$`*(oid: Oid): string =
  ## 24 digits.
  const hex = "0123456789abcdef"
  var copy = oid
  let bytes = cast[ptr UncheckedArray[byte]](addr copy)
  for i in 0 ..< 12:
    result.add(hex[int(bytes[i] shr 4)])
    result.add(hex[int(bytes[i] and 15)])

var
  generator = initRand(getTime().toUnix xor getTime().nanosecond)
  counter = int32(generator.rand(int32.high.int))
let fuzz = int32(generator.rand(int32.high.int))

proc genOid*(): Oid =
  ## A new one.
  var now = getTime().toUnix.int32
  counter = (counter +% 1'i32) and int32.high
  var count = counter
  bigEndian32(addr result.time, addr now)
  result.fuzz = fuzz
  bigEndian32(addr result.count, addr count)

proc generatedTime*(oid: Oid): Time =
  ## When it was made, in whole seconds.
  var time: int32
  var copy = oid.time
  bigEndian32(addr time, addr copy)
  fromUnix(time.int64)
