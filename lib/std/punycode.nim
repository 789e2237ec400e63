## Punycode (RFC 3492): text of any script in letters, digits and hyphens.

import std/[strutils, unicode]

type PunyError* = object of ValueError ## Text that is no punycode.

const
  base = 36
  tMin = 1
  tMax = 26
  skew = 38
  damp = 700
  initialBias = 72
  initialN = 128
  delimiter = '-'

func digit(d: int): char = (if d < 26: char(d + ord('a')) else: char(d - 26 + ord('0')))

func valueOf(c: char): int =
  case c
  of 'a' .. 'z': ord(c) - ord('a')
  of 'A' .. 'Z': ord(c) - ord('A')
  of '0' .. '9': ord(c) - ord('0') + 26
  else: raise newException(PunyError, "Bad input")

func adapted(delta, count: int, first: bool): int =
  var delta = if first: delta div damp else: delta div 2
  delta += delta div count
  while delta > (base - tMin) * tMax div 2:
    delta = delta div (base - tMin)
    result += base
  result += (base - tMin + 1) * delta div (delta + skew)

func threshold(k, bias: int): int = clamp(k - bias, tMin, tMax)

func encode*(prefix, s: string): string {.raises: [PunyError].} =
  ## The text as punycode, with `prefix` before it.
  let runes = toRunes(s)
  for rune in runes:
    if int(rune) < 128: result.add char(int(rune))
  let basic = result.len
  if basic > 0: result.add delimiter
  result = prefix & result
  var
    n = initialN
    delta = 0
    bias = initialBias
    handled = basic
  while handled < runes.len:
    var next = high(int32).int
    for rune in runes:
      if int(rune) in n ..< next: next = int(rune)
    delta += (next - n) * (handled + 1)
    n = next
    for rune in runes:
      if int(rune) < n: inc delta
      elif int(rune) == n:
        var q = delta
        var k = base
        while true:
          let t = threshold(k, bias)
          if q < t: break
          result.add digit(t + (q - t) mod (base - t))
          q = (q - t) div (base - t)
          k += base
        result.add digit(q)
        bias = adapted(delta, handled + 1, handled == basic)
        delta = 0
        inc handled
    inc delta
    inc n

func encode*(s: string): string {.raises: [PunyError].} = encode("", s)
  ## The text as punycode.

func decode*(encoded: string): string {.raises: [PunyError].} =
  ## What was encoded.
  var runes: seq[Rune]
  let last = rfind(encoded, delimiter)
  for i in 0 ..< last: runes.add Rune(ord(encoded[i]))
  var
    n = initialN
    i = 0
    bias = initialBias
    at = last + 1
  while at < encoded.len:
    let before = i
    var weight = 1
    var k = base
    while true:
      if at >= encoded.len: raise newException(PunyError, "Truncated input")
      let value = valueOf(encoded[at])
      inc at
      i += value * weight
      if i > high(int32).int: raise newException(PunyError, "Too large a value")
      let t = threshold(k, bias)
      if value < t: break
      weight *= base - t
      k += base
    bias = adapted(i - before, runes.len + 1, before == 0)
    n += i div (runes.len + 1)
    if n > 0x10ffff: raise newException(PunyError, "Value is out of bounds: " & $n)
    i = i mod (runes.len + 1)
    runes.insert(Rune(n), i)
    inc i
  $runes
