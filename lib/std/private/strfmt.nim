## A part of `strutils`: escapes, and formats with `$` placeholders.

# Escapes

func escape*(s: string, prefix = "\"", suffix = "\""): string =
  ## `s` with backslash, quotes and what is not printable written as escapes.
  result = prefix
  for c in s:
    case c
    of '\0'..'\31', '\127'..'\255':
      result.add("\\x")
      result.add(hexChars[ord(c) shr 4])
      result.add(hexChars[ord(c) and 0xF])
    of '\\': result.add("\\\\")
    of '\'': result.add("\\'")
    of '\"': result.add("\\\"")
    else: result.add(c)
  result.add(suffix)

func unescape*(s: string, prefix = "\"", suffix = "\""): string =
  ## The reverse of `escape`.
  if not s.startsWith(prefix):
    raise newException(ValueError, "String does not start with: " & prefix)
  let stop = s.len - suffix.len
  var i = prefix.len
  while i < stop:
    if s[i] != '\\' or i + 1 >= s.len:
      result.add(s[i])
      inc i
      continue
    case s[i + 1]
    of 'x':
      var code = 0
      i += 2
      for _ in 0 .. 1:
        if i < s.len and s[i] in HexDigits:
          code = code * 16 + digitValue(s[i])
          inc i
      result.add(char(code))
    of '\\', '\'', '\"':
      result.add(s[i + 1])
      i += 2
    else:
      result.add('\\')
      inc i
  if not s.endsWith(suffix):
    raise newException(ValueError, "String does not end in: " & suffix)

# Formatting

func invalidFormat() =
  raise newException(ValueError, "invalid format string")

func fieldByName(name: string, a: openArray[string]): int =
  # The odd ones name what the even ones after them hold.
  var i = 0
  while i + 1 < a.len:
    if cmpIgnoreStyle(name, a[i]) == 0: return i + 1
    i += 2
  -1

func addf*(s: var string, formatstr: string, a: varargs[string, `$`]) =
  ## Adds `formatstr` with `$#` (the next), `$1` (by number), `$-1` (from the end), `$name` and `${name}` (the value
  ## after `name` in `a`) replaced, and `$$` for a dollar sign. ValueError when there is no such value.
  const nameChars = {'a'..'z', 'A'..'Z', '0'..'9', '\128'..'\255', '_'}
  var i = 0
  var next = 0
  while i < formatstr.len:
    if formatstr[i] != '$' or i + 1 >= formatstr.len:
      s.add(formatstr[i])
      inc i
      continue
    inc i
    var index = -1
    case formatstr[i]
    of '$':
      s.add('$')
      inc i
      continue
    of '#':
      index = next
      inc next
      inc i
    of '1'..'9', '-':
      let fromEnd = formatstr[i] == '-'
      if fromEnd: inc i
      var n = 0
      while i < formatstr.len and formatstr[i] in Digits:
        n = n * 10 + ord(formatstr[i]) - ord('0')
        inc i
      index = if fromEnd: a.len - n else: n - 1
    of '{':
      var stop = i + 1
      var number = true
      while stop < formatstr.len and formatstr[stop] != '}':
        if formatstr[stop] notin Digits and not (stop == i + 1 and formatstr[stop] == '-'): number = false
        inc stop
      let name = substr(formatstr, i + 1, stop - 1)
      if number and name.len > 0:
        let n = parseInt(name)
        index = if n < 0: a.len + n else: n - 1
      else: index = fieldByName(name, a)
      i = stop + 1
    of 'a'..'z', 'A'..'Z', '\128'..'\255', '_':
      var stop = i
      while stop < formatstr.len and formatstr[stop] in nameChars: inc stop
      index = fieldByName(substr(formatstr, i, stop - 1), a)
      i = stop
    else: invalidFormat()
    if index < 0 or index >= a.len: invalidFormat()
    s.add(a[index])

func `%`*(formatstr: string, a: openArray[string]): string =
  ## `formatstr` with its placeholders replaced; see `addf`.
  addf(result, formatstr, a)

func `%`*(formatstr, a: string): string =
  ## As above, with one value.
  addf(result, formatstr, [a])

func format*(formatstr: string, a: varargs[string, `$`]): string =
  ## As `%`, the values of any type that has a `$`.
  addf(result, formatstr, a)

# Engineering notation

proc cFloor(x: float): float {.importc: "floor", cdecl, noSideEffect.}
proc cLog10(x: float): float {.importc: "log10", cdecl, noSideEffect.}
proc cPow(x, y: float): float {.importc: "pow", cdecl, noSideEffect.}

func formatEng*(f: BiggestFloat, precision: range[0..32] = 10, trim: bool = true, siPrefix: bool = false, unit: string = "",
                decimalSep = '.', useUnitSpace = false): string =
  ## `f` with an exponent that is a multiple of three, or the prefix of the International System that stands for it.
  const prefixes = "afpnum kMGTPE"
  var significand = f
  var exponent = 0
  if f != 0.0:
    let power = 3.0 * cFloor(cFloor(cLog10(abs(f))) / 3.0)
    significand = f / cPow(10.0, power)
    exponent = int(power)
    if abs(significand) >= 1000.0:
      significand = significand * 0.001
      exponent += 3
  let digits = formatBiggestFloat(significand, ffDecimal, precision).split('.')
  var fraction = if digits.len > 1: digits[1] else: ""
  if trim: fraction = strip(fraction, leading = false, chars = {'0'})
  result = digits[0]
  if fraction.len > 0 or (digits.len > 1 and not trim): result.add(decimalSep & fraction)
  let prefix = exponent div 3 + 6
  if siPrefix and exponent != 0 and prefix in 0 ..< prefixes.len:
    result.add(' ')
    result.add(prefixes[prefix])
  else:
    if exponent != 0: result.add("e" & $exponent)
    if useUnitSpace: result.add(' ')
  result.add(unit)

# Searching with a table, by Horspool's algorithm

type SkipTable* = array[char, int]
  ## How far a search for a text may skip, by the last char that it looked at.

func initSkipTable*(a: var SkipTable, sub: string) =
  ## Makes the table for `sub`.
  for skip in mitems(a): skip = sub.len
  for i in 0 ..< sub.len - 1: a[sub[i]] = sub.len - 1 - i

func initSkipTable*(sub: string): SkipTable =
  ## The table for `sub`.
  initSkipTable(result, sub)

func find*(a: SkipTable, s, sub: string, start: Natural = 0, last = 0): int =
  ## Where `sub`, for which the table was made, first stands in `s` between `start` and `last`; -1 when nowhere.
  let final = if last == 0: s.high else: last
  let high = sub.high
  if high < 0: return start
  var at = int(start)
  while final - at >= high:
    var i = high
    while s[at + i] == sub[i]:
      if i == 0: return at
      dec i
    at += a[s[at + high]]
  -1
