## Texts in UTF-16, as systems and formats with such texts take them.

type
  Utf16Char* = distinct int16 ## One 16 bit unit.
  WideCString* = ptr UncheckedArray[Utf16Char] ## Units up to one that is 0. It owns nothing.
  WideCStringObj* = object
    ## Units that belong to it, up to one that is 0.
    units: seq[Utf16Char]

const replacement = 0xFFFD

proc ord(c: Utf16Char): int = int(cast[uint16](c))

proc `==`*(a, b: Utf16Char): bool {.borrow.}

proc len*(w: WideCString): int =
  ## How many units there are before the 0.
  if w != nil:
    while int16(w[result]) != 0: inc result

proc len*(w: WideCStringObj): int =
  ## How many units there are before the 0.
  while result < w.units.len and int16(w.units[result]) != 0: inc result

proc isNil*(w: WideCStringObj): bool = w.units.len == 0
  ## Is there nothing, not even a 0?

proc `[]`*(w: WideCStringObj, idx: int): Utf16Char = w.units[idx]
proc `[]=`*(w: var WideCStringObj, idx: int, value: Utf16Char) = w.units[idx] = value

converter toWideCString*(w: WideCStringObj): WideCString =
  ## Where the units stand, for as long as `w` is there.
  if w.units.len == 0: nil else: cast[WideCString](unsafeAddr w.units[0])

proc newWideCString*(size: int): WideCStringObj = WideCStringObj(units: newSeq[Utf16Char](size + 1))
  ## So many units and a 0, all 0.

proc add(units: var seq[Utf16Char], code: int) =
  if code < 0x10000:
    units.add cast[Utf16Char](uint16(if code in 0xD800 .. 0xDFFF: replacement else: code))
  else:
    let rest = code - 0x10000
    units.add cast[Utf16Char](uint16(0xD800 + (rest shr 10)))
    units.add cast[Utf16Char](uint16(0xDC00 + (rest and 0x3FF)))

proc codeAt(s: openArray[char], at: var int): int =
  # The code point at a byte, and on to the next one. What is no UTF-8 is the replacement, byte by byte.
  let first = ord(s[at])
  inc at
  if first < 0x80: return first
  let (more, bits, least) =
    if first shr 5 == 0b110: (1, first and 0x1F, 0x80)
    elif first shr 4 == 0b1110: (2, first and 0x0F, 0x800)
    elif first shr 3 == 0b11110: (3, first and 0x07, 0x10000)
    else: return replacement
  result = bits
  for i in 0 ..< more:
    if at + i >= s.len or ord(s[at + i]) shr 6 != 0b10: return replacement
    result = result shl 6 or (ord(s[at + i]) and 0x3F)
  if result < least or result > 0x10FFFF: return replacement
  at += more

proc wide(s: openArray[char]): WideCStringObj =
  var at = 0
  while at < s.len: result.units.add codeAt(s, at)
  result.units.add Utf16Char(0)

proc newWideCString*(s: string): WideCStringObj = wide(s)
  ## A text in UTF-16.
proc newWideCString*(source: cstring, L: int): WideCStringObj =
  ## The first `L` bytes of a text in UTF-16.
  if L > 0: wide(toOpenArray(source, 0, L - 1)) else: newWideCString(0)
proc newWideCString*(s: cstring): WideCStringObj =
  ## A text in UTF-16; nothing for nil.
  if s != nil: result = newWideCString(s, s.len)

proc add(s: var string, code: int) =
  proc put(s: var string, byte: int) = s.add char(byte)
  if code < 0x80: s.put code
  elif code < 0x800:
    s.put 0xC0 or code shr 6
    s.put 0x80 or (code and 0x3F)
  elif code < 0x10000:
    s.put 0xE0 or code shr 12
    s.put 0x80 or (code shr 6 and 0x3F)
    s.put 0x80 or (code and 0x3F)
  else:
    s.put 0xF0 or code shr 18
    s.put 0x80 or (code shr 12 and 0x3F)
    s.put 0x80 or (code shr 6 and 0x3F)
    s.put 0x80 or (code and 0x3F)

proc `$`*(w: WideCString, estimate: int, replacement: int = 0xFFFD): string =
  ## The text in UTF-8, for about so many bytes; halves of pairs that stand alone become `replacement`.
  result = newStringOfCap(estimate)
  var i = 0
  while w != nil and ord(w[i]) != 0:
    var code = ord(w[i])
    inc i
    if code in 0xD800 .. 0xDFFF:
      let low = ord(w[i])
      if code < 0xDC00 and low in 0xDC00 .. 0xDFFF:
        code = 0x10000 + (code - 0xD800) shl 10 + (low - 0xDC00)
        inc i
      else: code = replacement
    result.add code

proc `$`*(s: WideCString): string = `$`(s, 80)
  ## The text in UTF-8.
proc `$`*(s: WideCStringObj, estimate: int, replacement: int = 0xFFFD): string =
  `$`(toWideCString(s), estimate, replacement)
proc `$`*(s: WideCStringObj): string = `$`(toWideCString(s), 80)
  ## The text in UTF-8.
