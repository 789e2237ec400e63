# A part of `times`: intervals of calendar units, and text.

type
  TimeInterval* = object
    ## A length of time in units of the calendar, which are not all of the same length.
    nanoseconds*, microseconds*, milliseconds*, seconds*, minutes*, hours*, days*, weeks*, months*, years*: int
  DurationParts* = array[FixedTimeUnit, int64]
    ## A duration in whole units.
  TimeFormat* = object
    ## A pattern for times as text.
    pattern: string
  TimeParseError* = object of ValueError ## The text does not fit the pattern.
  TimeFormatParseError* = object of ValueError ## The pattern is not valid.
  DateTimeLocale* = object
    ## Names of months and days.
    MMM*, MMMM*: array[mJan .. mDec, string]
    ddd*, dddd*: array[dMon .. dSun, string]

const DefaultLocale* = DateTimeLocale(
  MMM: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  MMMM: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December"],
  ddd: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  dddd: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]) ## In English.

# Intervals

proc initTimeInterval*(nanoseconds, microseconds, milliseconds, seconds, minutes, hours, days, weeks, months,
    years: int = 0): TimeInterval =
  ## An interval of its parts.
  TimeInterval(nanoseconds: nanoseconds, microseconds: microseconds, milliseconds: milliseconds, seconds: seconds,
    minutes: minutes, hours: hours, days: days, weeks: weeks, months: months, years: years)

proc nanoseconds*(n: int): TimeInterval = initTimeInterval(nanoseconds = n)
proc microseconds*(n: int): TimeInterval = initTimeInterval(microseconds = n)
proc milliseconds*(n: int): TimeInterval = initTimeInterval(milliseconds = n)
proc seconds*(n: int): TimeInterval = initTimeInterval(seconds = n)
proc minutes*(n: int): TimeInterval = initTimeInterval(minutes = n)
proc hours*(n: int): TimeInterval = initTimeInterval(hours = n)
proc days*(n: int): TimeInterval = initTimeInterval(days = n)
proc weeks*(n: int): TimeInterval = initTimeInterval(weeks = n)
proc months*(n: int): TimeInterval = initTimeInterval(months = n)
proc years*(n: int): TimeInterval = initTimeInterval(years = n)

proc `+`*(a, b: TimeInterval): TimeInterval =
  for name, x, y in fieldPairs(a, b):
    for own, z in fieldPairs(result):
      when own == name: z = x + y
proc `-`*(a: TimeInterval): TimeInterval =
  for name, x in fieldPairs(a):
    for own, z in fieldPairs(result):
      when own == name: z = -x
proc `-`*(a, b: TimeInterval): TimeInterval = a + -b
proc `+=`*(a: var TimeInterval, b: TimeInterval) = a = a + b
proc `-=`*(a: var TimeInterval, b: TimeInterval) = a = a - b

type TimeIntervalParts* = array[TimeUnit, int]
  ## How much of each unit an interval has.

proc toParts*(ti: TimeInterval): TimeIntervalParts =
  ## The parts of an interval by unit.
  [ti.nanoseconds, ti.microseconds, ti.milliseconds, ti.seconds, ti.minutes, ti.hours, ti.days, ti.weeks, ti.months,
    ti.years]

proc `$`*(ti: TimeInterval): string =
  ## The parts that are not zero, from years to nanoseconds, in English.
  const names: array[TimeUnit, string] = ["nanosecond", "microsecond", "millisecond", "second", "minute", "hour", "day",
    "week", "month", "year"]
  let amounts = toParts(ti)
  var parts: seq[string]
  for unit in countdown(Years, Nanoseconds):
    if amounts[unit] != 0: parts.add(counted(amounts[unit], names[unit]))
  result = if parts.len == 0: "0 nanoseconds" else: listed(parts)

proc fixedPart(i: TimeInterval): Duration =
  initDuration(i.nanoseconds, i.microseconds, i.milliseconds, i.seconds, i.minutes, i.hours)

proc zoned(dt: DateTime): DateTime =
  # The same time of the day at its place, with all fields told again.
  result = dt
  if dt.zone == localZone:
    # The offset may be another one on that day.
    result.utcOffset = 0
    let guess = local(Time(seconds: toTime(result).seconds + dt.utcOffset, nanosecond: dt.nanosecond))
    result.utcOffset = guess.utcOffset
  result = inZone(toTime(result), dt.zone)

proc `+`*(dt: DateTime, i: TimeInterval): DateTime =
  ## Years and months first, where a day that the month does not have counts on into the next; then days, then the rest.
  var at = dt
  var month = at.year * 12 + ord(at.month) - 1 + i.years * 12 + i.months
  let (year, inYear) = floorSplit(int64(month), 12)
  at.year = int(year)
  at.month = Month(int(inYear) + 1)
  let day = dateTimeAt((daysSinceEpoch(at.year, ord(at.month), at.monthday) + i.days + i.weeks * 7) * 86400, 0)
  at.year = day.year
  at.month = day.month
  at.monthday = day.monthday
  at = zoned(at)
  inZone(toTime(at) + fixedPart(i), dt.zone)

proc `-`*(dt: DateTime, i: TimeInterval): DateTime = dt + -i
proc `+`*(t: Time, i: TimeInterval): Time =
  if i.years == 0 and i.months == 0 and i.days == 0 and i.weeks == 0: t + fixedPart(i)
  else: toTime(local(t) + i)
proc `-`*(t: Time, i: TimeInterval): Time = t + -i
proc `+=`*(a: var DateTime, b: TimeInterval) = a = a + b
proc `-=`*(a: var DateTime, b: TimeInterval) = a = a - b
proc `+=`*(a: var Time, b: TimeInterval) = a = a + b
proc `-=`*(a: var Time, b: TimeInterval) = a = a - b

proc between*(startDt, endDt: DateTime): TimeInterval =
  ## The interval from one to the other, of the largest units possible.
  if endDt < startDt: return -between(endDt, startDt)
  var at = startDt.utc
  let stop = endDt.utc
  var months = (stop.year - at.year) * 12 + ord(stop.month) - ord(at.month)
  if stop < at + months(months): dec months
  result.years = months div 12
  result.months = months mod 12
  at = at + months(months)
  var rest = stop - at
  result.weeks = int(rest.inWeeks)
  rest -= initDuration(weeks = result.weeks)
  result.days = int(rest.inDays)
  rest -= initDuration(days = result.days)
  result.hours = int(rest.inHours)
  rest -= initDuration(hours = result.hours)
  result.minutes = int(rest.inMinutes)
  rest -= initDuration(minutes = result.minutes)
  result.seconds = int(rest.inSeconds)
  rest -= initDuration(seconds = result.seconds)
  result.milliseconds = int(rest.inMilliseconds)
  rest -= initDuration(milliseconds = result.milliseconds)
  result.microseconds = int(rest.inMicroseconds)
  rest -= initDuration(microseconds = result.microseconds)
  result.nanoseconds = int(rest.inNanoseconds)

proc convert*[T: SomeInteger](unitFrom, unitTo: FixedTimeUnit, quantity: T): T =
  ## A number of units in others, rounded towards 0.
  const sizes: array[Nanoseconds .. Weeks, int64] = [1'i64, 1000, 1_000_000, 1_000_000_000, 60_000_000_000,
    3_600_000_000_000, 86_400_000_000_000, 604_800_000_000_000]
  if sizes[unitFrom] >= sizes[unitTo]: quantity * T(sizes[unitFrom] div sizes[unitTo])
  else: quantity div T(sizes[unitTo] div sizes[unitFrom])

proc toParts*(dur: Duration): DurationParts =
  ## In whole units, from weeks down.
  var rest = dur
  result[Weeks] = rest.inWeeks
  rest -= initDuration(weeks = result[Weeks])
  result[Days] = rest.inDays
  rest -= initDuration(days = result[Days])
  result[Hours] = rest.inHours
  rest -= initDuration(hours = result[Hours])
  result[Minutes] = rest.inMinutes
  rest -= initDuration(minutes = result[Minutes])
  result[Seconds] = rest.inSeconds
  rest -= initDuration(seconds = result[Seconds])
  result[Milliseconds] = rest.inMilliseconds
  rest -= initDuration(milliseconds = result[Milliseconds])
  result[Microseconds] = rest.inMicroseconds
  rest -= initDuration(microseconds = result[Microseconds])
  result[Nanoseconds] = rest.inNanoseconds

# The calendar

proc getDayOfWeek*(monthday: MonthdayRange, month: Month, year: int): WeekDay =
  ## What day of the week it is.
  let (_, day) = floorSplit(daysSinceEpoch(year, ord(month), monthday) + 3, 7)
  WeekDay(int(day))

proc getDayOfYear*(monthday: MonthdayRange, month: Month, year: int): YeardayRange =
  ## How many days of the year are before it.
  int(daysSinceEpoch(year, ord(month), monthday) - daysSinceEpoch(year, 1, 1))

proc timezone*(dt: DateTime): Timezone = dt.zone
  ## The place whose time it is.
proc inZone*(dt: DateTime, zone: Timezone): DateTime = inZone(toTime(dt), zone)
  ## The same moment in the calendar of a place.

proc dateTime*(year: int, month: Month, monthday: MonthdayRange, hour: HourRange = 0, minute: MinuteRange = 0,
    second: SecondRange = 0, nanosecond: NanosecondRange = 0, zone: Timezone = local()): DateTime =
  ## A moment in the calendar of a place.
  assert monthday <= getDaysInMonth(month, year), "Invalid date: " & $month & " " & $monthday & ", " & $year
  zoned(DateTime(year: year, month: month, monthday: monthday, hour: hour, minute: minute, second: second,
    nanosecond: nanosecond, zone: zone))

proc initDateTime*(monthday: MonthdayRange, month: Month, year: int, hour: HourRange, minute: MinuteRange,
    second: SecondRange, nanosecond: NanosecondRange, zone: Timezone = local()): DateTime =
  ## The same with the parts in another order.
  dateTime(year, month, monthday, hour, minute, second, nanosecond, zone)

proc initDateTime*(monthday: MonthdayRange, month: Month, year: int, hour: HourRange, minute: MinuteRange,
    second: SecondRange, zone: Timezone = local()): DateTime =
  dateTime(year, month, monthday, hour, minute, second, 0, zone)

proc isLeapDay*(dt: DateTime): bool = isLeapYear(dt.year) and dt.month == mFeb and dt.monthday == 29
  ## Is it February 29?
proc high*(typ: typedesc[Duration]): Duration = Duration(seconds: int64.high, nanosecond: 999_999_999)
  ## The longest.
proc low*(typ: typedesc[Duration]): Duration = Duration(seconds: int64.low)
  ## The shortest.

# Text

proc badFormat(pattern, why: string) =
  raise newException(TimeFormatParseError, "Failed to parse format string '" & pattern & "': " & why)

iterator parts(pattern: string): tuple[literal: bool, text: string] =
  # Runs of one letter, and literal text.
  var i = 0
  while i < pattern.len:
    case pattern[i]
    of '\'':
      var text = ""
      inc i
      if i < pattern.len and pattern[i] == '\'':
        text = "'"
        inc i
      else:
        while i < pattern.len and pattern[i] != '\'':
          text.add(pattern[i])
          inc i
        if i >= pattern.len: badFormat(pattern, "unclosed '")
        inc i
      yield (true, text)
    of 'a'..'z', 'A'..'Z':
      let start = i
      while i < pattern.len and pattern[i] == pattern[start]: inc i
      yield (false, pattern[start ..< i])
    else:
      yield (true, $pattern[i])
      inc i

proc padded(n: int, width: int): string =
  result = $n
  while result.len < width: result.insert("0")

proc offsetText(dt: DateTime, word: string): string =
  if dt.zone == utcZone: return "Z"
  let west = abs(dt.utcOffset)
  let sign = if dt.utcOffset <= 0: "+" else: "-"
  let (h, m, s) = (west div 3600, west div 60 mod 60, west mod 60)
  case word
  of "z": sign & $h
  of "zz": sign & padded(h, 2)
  of "zzz": sign & padded(h, 2) & ":" & padded(m, 2)
  of "ZZZ": sign & padded(h, 2) & padded(m, 2)
  else: sign & padded(h, 2) & ":" & padded(m, 2) & ":" & padded(s, 2)

proc initTimeFormat*(format: string): TimeFormat =
  ## A pattern. TimeFormatParseError when it is not valid.
  for part in parts(format):
    if not part.literal and part.text notin ["d", "dd", "ddd", "dddd", "h", "hh", "H", "HH", "m", "mm", "M", "MM", "MMM",
        "MMMM", "s", "ss", "fff", "ffffff", "fffffffff", "t", "tt", "yy", "yyyy", "YYYY", "uuuu", "UUUU", "z", "zz", "zzz",
        "zzzz", "ZZZ", "ZZZZ", "g"]:
      raise newException(TimeFormatParseError, "'" & part.text & "' is not a valid pattern")
  TimeFormat(pattern: format)

proc `$`*(f: TimeFormat): string = f.pattern

proc format*(dt: DateTime, f: TimeFormat, loc: DateTimeLocale = DefaultLocale): string =
  ## The moment as text.
  for part in parts(f.pattern):
    if part.literal:
      result.add(part.text)
      continue
    let hour12 = if dt.hour mod 12 == 0: 12 else: dt.hour mod 12
    result.add(case part.text
      of "d": $dt.monthday
      of "dd": padded(dt.monthday, 2)
      of "ddd": loc.ddd[dt.weekday]
      of "dddd": loc.dddd[dt.weekday]
      of "h": $hour12
      of "hh": padded(hour12, 2)
      of "H": $dt.hour
      of "HH": padded(dt.hour, 2)
      of "m": $dt.minute
      of "mm": padded(dt.minute, 2)
      of "M": $ord(dt.month)
      of "MM": padded(ord(dt.month), 2)
      of "MMM": loc.MMM[dt.month]
      of "MMMM": loc.MMMM[dt.month]
      of "s": $dt.second
      of "ss": padded(dt.second, 2)
      of "fff": padded(dt.nanosecond div 1_000_000, 3)
      of "ffffff": padded(dt.nanosecond div 1000, 6)
      of "fffffffff": padded(dt.nanosecond, 9)
      of "t": (if dt.hour >= 12: "P" else: "A")
      of "tt": (if dt.hour >= 12: "PM" else: "AM")
      of "yy": padded(dt.year mod 100, 2)
      of "yyyy", "YYYY": (if dt.year > 9999: "+" else: "") & padded(abs(dt.year), 4)
      of "uuuu", "UUUU": (if dt.year < 0: "-" elif dt.year > 9999: "+" else: "") & padded(abs(dt.year), 4)
      of "g": (if dt.year < 1: "BC" else: "AD")
      else: offsetText(dt, part.text))

proc format*(dt: DateTime, f: string, loc: DateTimeLocale = DefaultLocale): string = format(dt, initTimeFormat(f), loc)
  ## The moment as text.
proc format*(time: Time, f: string, zone: Timezone = local()): string = format(inZone(time, zone), f)
  ## The moment as text.
proc formatValue*(result: var string, value: DateTime | Time, specifier: string) =
  ## For `std/strformat`.
  result.add(if specifier.len == 0: $value else: format(value, specifier))

proc takeNumber(input: string, at: var int, least, most: int, ok: var bool): int =
  let start = at
  while at < input.len and at - start < most and input[at] in {'0'..'9'}:
    result = result * 10 + ord(input[at]) - ord('0')
    inc at
  ok = at - start >= least

proc takeName(input: string, at: var int, names: openArray[string], ok: var bool): int =
  for i in 0 ..< names.len:
    let name = names[i]
    if input.len - at >= name.len and substr(input, at, at + name.len - 1) == name:
      at += name.len
      return i
  ok = false

proc parse*(input: string, f: TimeFormat, zone: Timezone = local(), loc: DateTimeLocale = DefaultLocale): DateTime =
  ## Reads a moment. TimeParseError when the text does not fit the pattern.
  var at = 0
  var dt = DateTime(year: 0, month: mJan, monthday: 1)
  var afternoon, twelve, offsetGiven = false
  var hour, offset = 0
  for part in parts(f.pattern):
    var ok = true
    if part.literal:
      ok = input.len - at >= part.text.len and substr(input, at, at + part.text.len - 1) == part.text
      at += part.text.len
    else:
      case part.text
      of "d": dt.monthday = takeNumber(input, at, 1, 2, ok)
      of "dd": dt.monthday = takeNumber(input, at, 2, 2, ok)
      of "ddd": discard takeName(input, at, loc.ddd, ok)
      of "dddd": discard takeName(input, at, loc.dddd, ok)
      of "h", "H": hour = takeNumber(input, at, 1, 2, ok)
      of "hh", "HH": hour = takeNumber(input, at, 2, 2, ok)
      of "m": dt.minute = takeNumber(input, at, 1, 2, ok)
      of "mm": dt.minute = takeNumber(input, at, 2, 2, ok)
      of "M", "MM":
        let month = takeNumber(input, at, part.text.len, 2, ok)
        ok = ok and month in 1 .. 12
        if ok: dt.month = Month(month)
      of "MMM": dt.month = Month(takeName(input, at, loc.MMM, ok) + 1)
      of "MMMM": dt.month = Month(takeName(input, at, loc.MMMM, ok) + 1)
      of "s": dt.second = takeNumber(input, at, 1, 2, ok)
      of "ss": dt.second = takeNumber(input, at, 2, 2, ok)
      of "fff": dt.nanosecond = takeNumber(input, at, 3, 3, ok) * 1_000_000
      of "ffffff": dt.nanosecond = takeNumber(input, at, 6, 6, ok) * 1000
      of "fffffffff": dt.nanosecond = takeNumber(input, at, 9, 9, ok)
      of "t", "tt":
        twelve = true
        afternoon = at < input.len and input[at] in {'P', 'p'}
        ok = at < input.len and input[at] in {'A', 'a', 'P', 'p'}
        at += part.text.len
      of "yy": dt.year = 2000 + takeNumber(input, at, 2, 2, ok)
      of "yyyy", "YYYY", "uuuu", "UUUU": dt.year = takeNumber(input, at, 4, 4, ok)
      of "g":
        if takeName(input, at, ["AD", "BC"], ok) == 1: dt.year = 1 - dt.year
      else:
        offsetGiven = true
        if at < input.len and input[at] == 'Z': inc at
        else:
          ok = at < input.len and input[at] in {'+', '-'}
          if ok:
            let sign = if input[at] == '-': 1 else: -1
            inc at
            offset = takeNumber(input, at, 1, 2, ok) * 3600
            if part.text in ["zzz", "zzzz", "ZZZ", "ZZZZ"]:
              if at < input.len and input[at] == ':': inc at
              offset += takeNumber(input, at, 2, 2, ok) * 60
            offset = offset * sign
    if not ok:
      raise newException(TimeParseError, "Failed to parse '" & input & "' with format '" & f.pattern & "'. Failed on pattern '" &
        part.text & "'")
  if at != input.len:
    raise newException(TimeParseError, "Failed to parse '" & input & "' with format '" & f.pattern &
      "'. Parsing ended but there was still input remaining")
  if twelve: hour = hour mod 12 + (if afternoon: 12 else: 0)
  dt.hour = hour
  if offsetGiven:
    dt.utcOffset = offset
    return inZone(toTime(dt), zone)
  dt.zone = zone
  zoned(dt)

proc parse*(input, f: string, tz: Timezone = local(), loc: DateTimeLocale = DefaultLocale): DateTime =
  ## Reads a moment. TimeParseError when the text does not fit the pattern.
  parse(input, initTimeFormat(f), tz, loc)

proc parseTime*(input, f: string, zone: Timezone): Time = toTime(parse(input, f, zone))
  ## Reads a moment.
