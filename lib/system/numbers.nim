# Numbers, chars and truth values as text.

{.push checks: off.}

proc addDigits(s: var string, x: uint64, negative: bool) =
  var digits {.noinit.}: array[24, char]
  var at = 24
  var rest = x
  while true:
    at = at -% 1
    digits[at] = cast[char](uint8(48'u64 + rest mod 10'u64))
    rest = rest div 10'u64
    if rest == 0'u64: break
  if negative:
    at = at -% 1
    digits[at] = '-'
  appendBytes(s, addr digits[at], 24 -% at)

proc addInt*(s: var string, x: uint64) =
  ## Appends a number in decimal.
  addDigits(s, x, false)

proc addInt*(s: var string, x: int64) =
  if x < 0: addDigits(s, 0'u64 - cast[uint64](x), true)
  else: addDigits(s, cast[uint64](x), false)

proc addInt*(s: var string, x: int) {.inline.} = addInt(s, int64(x))

proc addFloat*(s: var string, x: float) =
  ## Appends a number as `$` shows it.
  var text {.noinit.}: array[64, char]
  appendBytes(s, addr text[0], rtFormatFloat(x, addr text[0]))

proc addFloat*(s: var string, x: float32) =
  var text {.noinit.}: array[64, char]
  appendBytes(s, addr text[0], rtFormatFloat32(x, addr text[0]))

{.pop.}

proc `$`*(x: int): string = addInt(result, int64(x))
  ## A number in decimal.
proc `$`*(x: int64): string = addInt(result, x)
proc `$`*(x: uint64): string = addInt(result, x)
proc `$`*(x: uint): string = addInt(result, uint64(x))
proc `$`*(x: float): string = addFloat(result, x)
  ## A number so that it reads back as the same.
proc `$`*(x: float32): string = addFloat(result, x)
proc `$`*(x: bool): string = (if x: "true" else: "false")
proc `$`*(x: char): string = result.add(x)
  ## A string of one char.
proc `$`*(x: string): string = x
proc `$`*(x: cstring): string = add(result, x)
  ## A copy of C's text; empty for nil.
proc `$`*[T: enum](x: T): string {.magic: "EnumToStr".}
  ## The name of an enum's value.
proc `$`*(t: typedesc): string {.magic: "TypeName".}
  ## A type's name.
