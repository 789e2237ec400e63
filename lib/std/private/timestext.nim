# A part of `times`: moments as text and back.

type
  FormatPattern {.pure.} = enum
    # What a word of a format stands for.
    lit, # what is written
    d, dd, ddd, dddd, h, hh, H, HH, m, mm, M, MM, MMM, MMMM, s, ss, fff, ffffff, fffffffff, t, tt, yy, yyyy, YYYY, uuuu, UUUU,
    z, zz, zzz, zzzz, ZZZ, ZZZZ, g, GG, GGGG, V, VV
  FormatPart = tuple[pattern: FormatPattern, text: string]
  TimeFormat* = object
    ## How moments are written.
    parts: seq[FormatPart]
    text: string
  TimeParseError* = object of ValueError ## The text does not fit the pattern.
  TimeFormatParseError* = object of ValueError ## The pattern is not valid.
  AmPm = enum unknown, am, pm
  Era = enum unstated, ad, bc
  Parsed = object
    # What has been read.
    amPm: AmPm
    era: Era
    year: int
    month: Month
    monthday: int
    offset: int
    hasOffset: bool
    hour, minute, second, nanosecond: int
    weekday: int
    isoWeek: int # 0 if none was read
    isoYear: int

proc `$`*(f: TimeFormat): string = f.text

proc patternOf(word: string): FormatPattern =
  for pattern in d .. VV:
    if $pattern == word: return pattern
  raise newException(TimeFormatParseError, "'" & word & "' is not a valid pattern")

proc quoted(format: string, at: var int): string =
  # Text in quotes; two of them are one.
  inc at
  if at < format.len and format[at] == '\'':
    inc at
    return "'"
  while at < format.len and format[at] != '\'':
    result.add format[at]
    inc at
  if at >= format.len:
    raise newException(TimeFormatParseError, "Unclosed ' in time format string. For a literal ', use ''.")
  inc at

proc initTimeFormat*(format: string): TimeFormat =
  ## A pattern. TimeFormatParseError when it is not valid.
  result.text = format
  var at = 0
  while at < format.len:
    case format[at]
    of '\'': result.parts.add (lit, quoted(format, at))
    of ' ', '-', '/', ':', '(', ')', '[', ']', ',':
      result.parts.add (lit, $format[at])
      inc at
    else:
      let start = at
      while at < format.len and format[at] == format[start]: inc at
      result.parts.add (patternOf(format[start ..< at]), "")

proc padded(n: int, width: int): string =
  result = $abs(n)
  while result.len < width: result.insert("0")
  if n < 0: result.insert("-")

proc offsetText(dt: DateTime, pattern: FormatPattern): string =
  if dt.zone == utcZone: return "Z"
  let west = abs(dt.utcOffset)
  let (h, m, s) = (padded(west div 3600, 2), padded(west div 60 mod 60, 2), padded(west mod 60, 2))
  result = if dt.utcOffset <= 0: "+" else: "-"
  result.add(case pattern
    of z: $(west div 3600)
    of zz: h
    of zzz: h & ":" & m
    of ZZZ: h & m
    of zzzz: h & ":" & m & ":" & s
    else: h & m & s)

proc formatted(dt: DateTime, pattern: FormatPattern, loc: DateTimeLocale): string =
  let hour12 = if dt.hour mod 12 == 0: 12 else: dt.hour mod 12
  let yearOfEra = if dt.year <= 0: 1 - dt.year else: dt.year
  case pattern
  of d: $dt.monthday
  of dd: padded(dt.monthday, 2)
  of ddd: loc.ddd[dt.weekday]
  of dddd: loc.dddd[dt.weekday]
  of h: $hour12
  of hh: padded(hour12, 2)
  of H: $dt.hour
  of HH: padded(dt.hour, 2)
  of m: $dt.minute
  of mm: padded(dt.minute, 2)
  of M: $ord(dt.month)
  of MM: padded(ord(dt.month), 2)
  of MMM: loc.MMM[dt.month]
  of MMMM: loc.MMMM[dt.month]
  of s: $dt.second
  of ss: padded(dt.second, 2)
  of fff: padded(dt.nanosecond div 1_000_000, 3)
  of ffffff: padded(dt.nanosecond div 1000, 6)
  of fffffffff: padded(dt.nanosecond, 9)
  of t: (if dt.hour >= 12: "P" else: "A")
  of tt: (if dt.hour >= 12: "PM" else: "AM")
  of yy: padded(yearOfEra mod 100, 2)
  of yyyy: (if yearOfEra < 10000: "" else: "+") & padded(yearOfEra, 4)
  of YYYY: $yearOfEra
  of uuuu: (if dt.year < 10000: "" else: "+") & padded(dt.year, 4)
  of UUUU: $dt.year
  of g: (if dt.year < 1: "BC" else: "AD")
  of GG: padded(int(dt.getIsoWeekAndYear.isoyear) mod 100, 2)
  of GGGG: padded(int(dt.getIsoWeekAndYear.isoyear), 4)
  of V: $dt.getIsoWeekAndYear.isoweek
  of VV: padded(dt.getIsoWeekAndYear.isoweek, 2)
  of z, zz, zzz, zzzz, ZZZ, ZZZZ: offsetText(dt, pattern)
  of lit: ""

proc format*(dt: DateTime, f: TimeFormat, loc: DateTimeLocale = DefaultLocale): string {.raises: [].} =
  ## The moment as text.
  assert dt.isInitialized, "Uninitialized datetime"
  for part in f.parts:
    result.add(if part.pattern == lit: part.text else: formatted(dt, part.pattern, loc))

proc format*(dt: DateTime, f: string, loc: DateTimeLocale = DefaultLocale): string {.raises: [TimeFormatParseError].} =
  ## The moment as text.
  format(dt, initTimeFormat(f), loc)

proc format*(dt: DateTime, f: static[string]): string {.raises: [].} =
  ## The same; the pattern is looked at when the program is compiled.
  const known = initTimeFormat(f)
  format(dt, known)

proc format*(time: Time, f: string, zone: Timezone = local()): string {.raises: [TimeFormatParseError].} =
  ## The moment as text.
  format(inZone(time, zone), f)

proc format*(time: Time, f: static[string], zone: Timezone = local()): string {.raises: [].} =
  ## The same; the pattern is looked at when the program is compiled.
  const known = initTimeFormat(f)
  format(inZone(time, zone), known)

proc `$`*(dt: DateTime): string =
  ## In the form of ISO 8601.
  if dt.isInitialized: format(dt, "yyyy-MM-dd'T'HH:mm:sszzz") else: "Uninitialized DateTime"

proc `$`*(t: Time): string = $local(t)

proc formatValue*(result: var string, value: DateTime | Time, specifier: string) =
  ## For `std/strformat`.
  result.add(if specifier.len == 0: $value else: format(value, specifier))

# Reading: each gives false when it does not fit.

proc takeNumber(input: string, at: var int, width: Slice[int], x: var int, signed = false): bool =
  var i = at
  let stop = if width.b < input.len - at: at + width.b else: input.len
  var negative = false
  if signed and i < stop and input[i] in {'+', '-'}:
    negative = input[i] == '-'
    inc i
  let first = i
  var n = 0
  while i < stop and input[i] in {'0' .. '9'}:
    if n > (high(int) - 9) div 10: return false
    n = n * 10 + ord(input[i]) - ord('0')
    inc i
  result = i > first and i - at >= width.a
  if result:
    at = i
    x = if negative: -n else: n

proc sameLetters(input: string, at: int, name: string): bool =
  if input.len - at < name.len: return false
  for i in 0 ..< name.len:
    if lowered(input[at + i]) != lowered(name[i]): return false
  true

proc takeName(input: string, at: var int, names: openArray[string], which: var int): bool =
  for i in 0 ..< names.len:
    if sameLetters(input, at, names[i]):
      at += names[i].len
      which = i
      return true

proc takeMonth(input: string, at: var int, least: int, parsed: var Parsed): bool =
  var month: int
  result = takeNumber(input, at, least .. 2, month) and month in 1 .. 12
  if result: parsed.month = Month(month)

proc takeMonthName(input: string, at: var int, names: openArray[string], parsed: var Parsed): bool =
  var month: int
  result = takeName(input, at, names, month)
  if result: parsed.month = Month(month + 1)

proc takeFraction(input: string, at: var int, digits: int, parsed: var Parsed): bool =
  result = takeNumber(input, at, digits .. digits, parsed.nanosecond)
  for _ in digits ..< 9: parsed.nanosecond *= 10

proc takeHalfOfDay(input: string, at: var int, names: openArray[string], parsed: var Parsed): bool =
  var which: int
  result = takeName(input, at, names, which)
  if result: parsed.amPm = if which == 0: am else: pm

proc takeOffset(input: string, at: var int, pattern: FormatPattern, parsed: var Parsed): bool =
  parsed.hasOffset = true
  if at >= input.len: return false
  let first = input[at]
  inc at
  if first == 'Z': return true
  if first notin {'+', '-'}: return false
  var hours, minutes, seconds: int
  proc next(at: var int, x: var int): bool =
    if pattern in {zzz, zzzz}:
      if at >= input.len or input[at] != ':': return false
      inc at
    takeNumber(input, at, 2 .. 2, x)
  result = takeNumber(input, at, (if pattern == z: 1 else: 2) .. 2, hours)
  if result and pattern in {zzz, ZZZ, zzzz, ZZZZ}: result = next(at, minutes)
  if result and pattern in {zzzz, ZZZZ}: result = next(at, seconds)
  let west = if first == '-': 1 else: -1
  parsed.offset = west * (hours * 3600 + minutes * 60 + seconds)

proc takeYear(input: string, at: var int, pattern: FormatPattern, parsed: var Parsed): bool =
  let signed = at < input.len and input[at] in {'+', '-'}
  let width = if signed: 4 .. high(int) else: 4 .. 4
  case pattern
  of yy:
    result = takeNumber(input, at, 2 .. 2, parsed.year) and parsed.year > 0
    parsed.year += now().year div 100 * 100
  of yyyy: result = takeNumber(input, at, width, parsed.year, signed) and parsed.year > 0
  of YYYY: result = takeNumber(input, at, 1 .. high(int), parsed.year) and parsed.year > 0
  of uuuu: result = takeNumber(input, at, width, parsed.year, signed)
  else: result = takeNumber(input, at, 1 .. high(int), parsed.year, signed)

proc take(input: string, at: var int, pattern: FormatPattern, parsed: var Parsed, loc: DateTimeLocale): bool =
  case pattern
  of d: takeNumber(input, at, 1 .. 2, parsed.monthday) and parsed.monthday in 1 .. 31
  of dd: takeNumber(input, at, 2 .. 2, parsed.monthday) and parsed.monthday in 1 .. 31
  of ddd: takeName(input, at, loc.ddd, parsed.weekday)
  of dddd: takeName(input, at, loc.dddd, parsed.weekday)
  of h, H: takeNumber(input, at, 1 .. 2, parsed.hour) and parsed.hour in 0 .. 23
  of hh, HH: takeNumber(input, at, 2 .. 2, parsed.hour) and parsed.hour in 0 .. 23
  of m: takeNumber(input, at, 1 .. 2, parsed.minute)
  of mm: takeNumber(input, at, 2 .. 2, parsed.minute)
  of M: takeMonth(input, at, 1, parsed)
  of MM: takeMonth(input, at, 2, parsed)
  of MMM: takeMonthName(input, at, loc.MMM, parsed)
  of MMMM: takeMonthName(input, at, loc.MMMM, parsed)
  of s: takeNumber(input, at, 1 .. 2, parsed.second)
  of ss: takeNumber(input, at, 2 .. 2, parsed.second)
  of fff: takeFraction(input, at, 3, parsed)
  of ffffff: takeFraction(input, at, 6, parsed)
  of fffffffff: takeFraction(input, at, 9, parsed)
  of t: at < input.len and input[at] in {'A', 'P'} and takeHalfOfDay(input, at, ["A", "P"], parsed)
  of tt: takeHalfOfDay(input, at, ["AM", "PM"], parsed)
  of yy, yyyy, YYYY, uuuu, UUUU: takeYear(input, at, pattern, parsed)
  of g:
    var which: int
    let found = takeName(input, at, ["BC", "AD"], which)
    parsed.era = if which == 0: bc else: ad
    found
  of GG:
    let fits = takeNumber(input, at, 2 .. 2, parsed.isoYear)
    parsed.isoYear += now().year div 100 * 100
    fits
  of GGGG: takeNumber(input, at, 4 .. 4, parsed.isoYear)
  of V: takeNumber(input, at, 1 .. 2, parsed.isoWeek) and parsed.isoWeek in 1 .. 53
  of VV: takeNumber(input, at, 2 .. 2, parsed.isoWeek) and parsed.isoWeek in 1 .. 53
  of z, zz, zzz, zzzz, ZZZ, ZZZZ: takeOffset(input, at, pattern, parsed)
  of lit: false

proc cannotParse(f: TimeFormat, input, why: string) {.noreturn, raises: [TimeParseError].} =
  raise newException(TimeParseError, "Failed to parse '" & input & "' with format '" & f.text & "'. " & why)

proc takeLiteral(f: TimeFormat, input: string, at: var int, text: string) =
  for c in text:
    if at >= input.len: cannotParse(f, input, "Parsing ended but there was still patterns remaining")
    if input[at] != c: cannotParse(f, input, "Unexpected character: " & input[at])
    inc at

proc moment(parsed: Parsed, f: TimeFormat, input: string, zone: Timezone): DateTime =
  var (year, hour) = (parsed.year, parsed.hour)
  if parsed.era != unstated:
    if year < 1:
      cannotParse(f, input, "Expected year to be positive (use 'UUUU' or 'uuuu' for negative years).")
    if parsed.era == bc: year = 1 - year
  if parsed.amPm != unknown:
    if hour notin 1 .. 12: cannotParse(f, input, "AM/PM time must be in the interval 1..12")
    hour = hour mod 12 + (if parsed.amPm == pm: 12 else: 0)
  if parsed.monthday > getDaysInMonth(parsed.month, year):
    cannotParse(f, input, $year & "-" & padded(ord(parsed.month), 2) & "-" & $parsed.monthday & " is not a valid date")
  let at = if parsed.hasOffset: utc() else: zone
  if parsed.isoWeek > 0:
    result = initDateTime(WeekDay(parsed.weekday), parsed.isoWeek, IsoYear(parsed.isoYear), hour, parsed.minute,
      parsed.second, parsed.nanosecond, at)
  else:
    result = dateTime(year, parsed.month, parsed.monthday, hour, parsed.minute, parsed.second, parsed.nanosecond, at)
  if parsed.hasOffset: result = inZone(toTime(result) + initDuration(seconds = parsed.offset), zone)

proc parse*(input: string, f: TimeFormat, zone: Timezone = local(), loc: DateTimeLocale = DefaultLocale): DateTime {.
    raises: [TimeParseError].} =
  ## Reads a moment. TimeParseError when the text does not fit the pattern.
  var at = 0
  var parsed = Parsed(month: mJan, monthday: 1)
  for part in f.parts:
    if at >= input.len: cannotParse(f, input, "Parsing ended but there was still patterns remaining")
    if part.pattern == lit: takeLiteral(f, input, at, part.text)
    elif not take(input, at, part.pattern, parsed, loc): cannotParse(f, input, "Failed on pattern '" & $part.pattern & "'")
  if at < input.len: cannotParse(f, input, "Parsing ended but there was still input remaining")
  moment(parsed, f, input, zone)

proc parse*(input, f: string, tz: Timezone = local(), loc: DateTimeLocale = DefaultLocale): DateTime {.
    raises: [TimeParseError, TimeFormatParseError].} =
  ## Reads a moment. TimeParseError when the text does not fit the pattern.
  parse(input, initTimeFormat(f), tz, loc)

proc parse*(input: string, f: static[string], zone: Timezone = local(), loc: DateTimeLocale = DefaultLocale): DateTime {.
    raises: [TimeParseError].} =
  ## The same; the pattern is looked at when the program is compiled.
  const known = initTimeFormat(f)
  parse(input, known, zone, loc)

proc parseTime*(input, f: string, zone: Timezone): Time {.raises: [TimeParseError, TimeFormatParseError].} =
  ## Reads a moment.
  toTime(parse(input, f, zone))

proc parseTime*(input: string, f: static[string], zone: Timezone): Time {.raises: [TimeParseError].} =
  ## The same; the pattern is looked at when the program is compiled.
  const known = initTimeFormat(f)
  toTime(parse(input, known, zone))
