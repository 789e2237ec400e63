## Text with values in it: `fmt"{x:>5}"` and `&"{x}\n"`.
##
## In braces stands an expression, with `:` and a specifier behind it if wanted, or with `=` to show its text too; `{{` and
## `}}` are braces. What a type looks like is told by a `formatValue` for it, else by its `$`.

import std/[parseutils, strutils, unicode]

macro fmt*(pattern: static string, openChar: static char, closeChar: static char): string {.magic: "Macro".}
  ## As below, with other brackets.
macro fmt*(pattern: static string): string {.magic: "Macro".}
  ## The text with its expressions replaced by their values.
macro `&`*(pattern: static string): string {.magic: "Macro".}
  ## The same; a literal behind it has its escapes.

type StandardFormatSpecifier* = object
  ## `[[fill]align][sign][#][0][minimumwidth][.precision][type]`
  fill*, align*: char ## What is filled with, and `<`, `^`, `>`, or `\0` for the usual.
  sign*: char ## `-`: only a minus; `+` and a space: before positive numbers.
  alternateForm*: bool ## A prefix such as `0x`.
  padWithZero*: bool ## Zeros in the place of the fill.
  minimumWidth*, precision*: int ## `precision` is -1 when none was given.
  typ*: char ## A letter such as `x`, or `\0`.
  endPosition*: int ## Where it ended.

func alignString*(s: string, minimumWidth: int, align = '\0', fill = ' '): string =
  ## `s` filled up to a width, which is counted in characters.
  let missing = minimumWidth - (if validateUtf8(s) == -1: runeLen(s) else: s.len)
  if minimumWidth == 0 or missing <= 0: return s
  case align
  of '<', '\0': s & repeat(fill, missing)
  of '^': repeat(fill, missing div 2) & s & repeat(fill, missing - missing div 2)
  else: repeat(fill, missing) & s

func parseStandardFormatSpecifier*(s: string, start = 0, ignoreUnknownSuffix = false): StandardFormatSpecifier =
  ## Takes a specifier apart. ValueError when something is left, unless that is to be ignored.
  const alignChars = {'<', '>', '^'}
  result = StandardFormatSpecifier(fill: ' ', align: '\0', sign: '-', precision: -1)
  var i = start
  if i + 1 < s.len and s[i + 1] in alignChars:
    result.fill = s[i]
    result.align = s[i + 1]
    i += 2
  elif i < s.len and s[i] in alignChars:
    result.align = s[i]
    inc i
  if i < s.len and s[i] in {'-', '+', ' '}:
    result.sign = s[i]
    inc i
  if i < s.len and s[i] == '#':
    result.alternateForm = true
    inc i
  if i + 1 < s.len and s[i] == '0' and s[i + 1] in Digits:
    result.padWithZero = true
    inc i
  i += parseSaturatedNatural(s, result.minimumWidth, i)
  if i < s.len and s[i] == '.':
    inc i
    result.precision = 0
    i += parseSaturatedNatural(s, result.precision, i)
  if i < s.len and s[i] in Letters:
    result.typ = s[i]
    inc i
  result.endPosition = i
  if i != s.len and not ignoreUnknownSuffix:
    raise newException(ValueError, "invalid format string, cannot parse: " & s[i .. ^1])

func intText(magnitude: uint64, negative: bool, radix: int, spec: StandardFormatSpecifier): string =
  let digits = if spec.typ == 'X': "0123456789ABCDEF" else: "0123456789abcdef"
  var v = magnitude
  var number = ""
  while v > 0'u64:
    number.insert($digits[int(v mod uint64(radix))])
    v = v div uint64(radix)
  if number.len == 0: number = "0"
  var prefix = ""
  if spec.alternateForm:
    case spec.typ
    of 'x', 'X': prefix = "0x"
    of 'b': prefix = "0b"
    of 'o': prefix = "0o"
    else: discard
  if spec.padWithZero:
    let signs = ord(negative or spec.sign != '-')
    number = repeat('0', max(0, spec.minimumWidth - number.len - prefix.len - signs)) & number
  let sign = if negative: "-" elif spec.sign != '-': $spec.sign else: ""
  alignString(sign & prefix & number, spec.minimumWidth, if spec.align == '\0': '>' else: spec.align, spec.fill)

proc formatValue*[T: SomeInteger](result: var string, value: T, specifier: string) =
  ## Appends an integer; types `d`, `x`, `X`, `b`, `o`.
  if specifier.len == 0:
    result.add($value)
    return
  let spec = parseStandardFormatSpecifier(specifier)
  var radix = 10
  case spec.typ
  of 'x', 'X': radix = 16
  of 'd', '\0': discard
  of 'b': radix = 2
  of 'o': radix = 8
  else:
    raise newException(ValueError, "invalid type in format string for number, expected one " &
      " of 'x', 'X', 'b', 'd', 'o' but got: " & spec.typ)
  when T is SomeUnsignedInt: result.add(intText(uint64(value), false, radix, spec))
  else:
    let v = int64(value)
    # The magnitude of the lowest value has no positive int64.
    let magnitude = if v < 0: cast[uint64](not v) + 1'u64 else: cast[uint64](v)
    result.add(intText(magnitude, v < 0, radix, spec))

proc formatValue*(result: var string, value: SomeFloat, specifier: string) =
  ## Appends a float; types `e`, `f`, `g` and their capitals.
  if specifier.len == 0:
    result.add($value)
    return
  let spec = parseStandardFormatSpecifier(specifier)
  let mode = case spec.typ
    of 'e', 'E': ffScientific
    of 'f', 'F': ffDecimal
    of 'g', 'G', '\0': ffDefault
    else:
      raise newException(ValueError, "invalid type in format string for number, expected one " &
        " of 'e', 'E', 'f', 'F', 'g', 'G' but got: " & spec.typ)
  var text = formatBiggestFloat(float(value), mode, spec.precision)
  var signed = false
  if value >= 0.0:
    if spec.sign != '-':
      signed = true
      # Not before -0.0.
      if value != 0.0 or 1.0 / float(value) == Inf: text.insert($spec.sign, 0)
  else: signed = true
  if spec.padWithZero:
    let sign = if signed: $text[0] else: ""
    if signed: text = text[1 .. ^1]
    text = sign & repeat('0', max(0, spec.minimumWidth - text.len - sign.len)) & text
  text = alignString(text, spec.minimumWidth, if spec.align == '\0': '>' else: spec.align, spec.fill)
  result.add(if spec.typ in {'A' .. 'Z'}: toUpperAscii(text) else: text)

proc formatValue*(result: var string, value: string, specifier: string) =
  ## Appends a string; type `s`. The precision cuts it off.
  let spec = parseStandardFormatSpecifier(specifier)
  if spec.typ notin {'s', '\0'}:
    raise newException(ValueError, "invalid type in format string for string, expected 's', but got " & spec.typ)
  var value = value
  if spec.precision != -1 and spec.precision < runeLen(value):
    setLen(value, runeOffset(value, spec.precision))
  result.add(alignString(value, spec.minimumWidth, spec.align, spec.fill))

proc formatValue[T: not SomeInteger](result: var string, value: T, specifier: string) =
  mixin `$`
  formatValue(result, $value, specifier)

template formatValue(result: var string, value: char, specifier: string) = result.add(value)

template formatValue(result: var string, value: cstring, specifier: string) = result.add(value)
