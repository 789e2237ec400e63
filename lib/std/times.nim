## Time: how long, which moment, and the calendar in UTC and in local time.

type
  Month* = enum
    ## A month, from 1.
    mJan = (1, "January")
    mFeb = "February"
    mMar = "March"
    mApr = "April"
    mMay = "May"
    mJun = "June"
    mJul = "July"
    mAug = "August"
    mSep = "September"
    mOct = "October"
    mNov = "November"
    mDec = "December"
  WeekDay* = enum
    ## A day of the week, from Monday.
    dMon = "Monday"
    dTue = "Tuesday"
    dWed = "Wednesday"
    dThu = "Thursday"
    dFri = "Friday"
    dSat = "Saturday"
    dSun = "Sunday"
  TimeUnit* = enum
    ## Units from the smallest up.
    Nanoseconds, Microseconds, Milliseconds, Seconds, Minutes, Hours, Days, Weeks, Months, Years
  FixedTimeUnit* = range[Nanoseconds .. Weeks] ## Units of fixed length.
  MonthdayRange* = range[1 .. 31]
  HourRange* = range[0 .. 23]
  MinuteRange* = range[0 .. 59]
  SecondRange* = range[0 .. 60]
  YeardayRange* = range[0 .. 365]
  NanosecondRange* = range[0 .. 999_999_999]
  Duration* = object
    ## A length of time. Seconds and nanoseconds; the nanoseconds are never negative.
    seconds: int64
    nanosecond: NanosecondRange
  Time* = object
    ## A moment, counted from the beginning of 1970 in UTC.
    seconds: int64
    nanosecond: NanosecondRange
  DateTime* = object
    ## A moment in a calendar.
    nanosecond: NanosecondRange
    second: SecondRange
    minute: MinuteRange
    hour: HourRange
    monthday: int
    month: Month
    year: int
    weekday: WeekDay
    yearday: YeardayRange
    isDst: bool
    utcOffset: int ## Seconds west of Greenwich.
    zone: Timezone
  ZonedTime* = object
    ## A moment, and how clocks stand then at some place.
    time*: Time
    utcOffset*: int ## Seconds west of Greenwich.
    isDst*: bool
  ZoneRule = proc (time: Time): ZonedTime {.tags: [], raises: [], gcsafe.}
  Timezone* = ref object
    ## A rule that tells how far from Greenwich's a place's time is.
    name: string
    fromTime, fromAdjTime: ZoneRule

  Timespec {.bycopy.} = object
    seconds, nanoseconds: clong
  CTm {.bycopy.} = object
    second, minute, hour, monthday, month, year, weekday, yearday, dst: cint
    offset: clong
    zone: pointer

const
  DurationZero* = Duration()
  unitSeconds: array[Seconds .. Weeks, int64] = [1'i64, 60, 3600, 86400, 604800]
  nanosASecond = 1_000_000_000'i64

proc cClockGettime(clock: cint, time: pointer): cint {.importc: "clock_gettime", cdecl.}
proc cLocaltime(time, result: pointer): pointer {.importc: "localtime_r", cdecl.}

# Durations

proc floorSplit(total: int64, unit: int64): (int64, int64) =
  var whole = total div unit
  var rest = total mod unit
  if rest < 0:
    rest += unit
    dec whole
  (whole, rest)

proc makeDuration(seconds, nanoseconds: int64): Duration =
  let (carry, rest) = floorSplit(nanoseconds, nanosASecond)
  Duration(seconds: seconds + carry, nanosecond: rest)

proc initDuration*(nanoseconds, microseconds, milliseconds, seconds, minutes, hours, days, weeks: int64 = 0): Duration =
  ## A duration as the sum of its parts.
  let (s1, n1) = floorSplit(milliseconds, 1000)
  let (s2, n2) = floorSplit(microseconds, 1_000_000)
  let (s3, n3) = floorSplit(nanoseconds, nanosASecond)
  makeDuration(seconds + minutes * 60 + hours * 3600 + days * 86400 + weeks * 604800 + s1 + s2 + s3,
    n1 * 1_000_000 + n2 * 1000 + n3)

proc inNanoseconds*(d: Duration): int64 = d.seconds * nanosASecond + d.nanosecond
  ## The whole duration in nanoseconds.

proc inUnits(d: Duration, perSecond: int64): int64 =
  # Towards zero, also for negative ones, whose nanoseconds count up from the second below.
  let unit = nanosASecond div perSecond
  if d.seconds >= 0 or d.nanosecond == 0: d.seconds * perSecond + d.nanosecond div unit
  else: (d.seconds + 1) * perSecond - (nanosASecond - d.nanosecond) div unit

proc inMicroseconds*(d: Duration): int64 = inUnits(d, 1_000_000)
proc inMilliseconds*(d: Duration): int64 = inUnits(d, 1000)
proc inSeconds*(d: Duration): int64 = inUnits(d, 1)
proc inMinutes*(d: Duration): int64 = d.inSeconds div 60
proc inHours*(d: Duration): int64 = d.inSeconds div 3600
proc inDays*(d: Duration): int64 = d.inSeconds div 86400
proc inWeeks*(d: Duration): int64 = d.inSeconds div 604800

proc `+`*(a, b: Duration): Duration = makeDuration(a.seconds + b.seconds, int64(a.nanosecond) + int64(b.nanosecond))
proc `-`*(a, b: Duration): Duration = makeDuration(a.seconds - b.seconds, int64(a.nanosecond) - int64(b.nanosecond))
proc `-`*(a: Duration): Duration = makeDuration(-a.seconds, -int64(a.nanosecond))
proc `*`*(a: int64, b: Duration): Duration = makeDuration(a * b.seconds, a * int64(b.nanosecond))
proc `*`*(a: Duration, b: int64): Duration = b * a
proc `div`*(a: Duration, b: int64): Duration = initDuration(nanoseconds = a.inNanoseconds div b)
proc `+=`*(a: var Duration, b: Duration) = a = a + b
proc `-=`*(a: var Duration, b: Duration) = a = a - b
proc `*=`*(a: var Duration, b: int) = a = a * b
proc `<`*(a, b: Duration): bool =
  a.seconds < b.seconds or (a.seconds == b.seconds and a.nanosecond < b.nanosecond)
proc `<=`*(a, b: Duration): bool = not (b < a)
proc `==`*(a, b: Duration): bool = a.seconds == b.seconds and a.nanosecond == b.nanosecond
proc abs*(a: Duration): Duration = (if a < DurationZero: -a else: a)

proc listed(parts: seq[string]): string =
  # The parts as an English sentence has them.
  for i in 0 ..< parts.len:
    if i > 0: result.add(if i < parts.len - 1: ", " elif parts.len == 2: " and " else: ", and ")
    result.add(parts[i])

proc counted(n: int64, unit: string): string = $n & " " & unit & (if abs(n) == 1: "" else: "s")

proc `$`*(d: Duration): string =
  ## The parts that are not zero, from weeks to nanoseconds, in English.
  if d == DurationZero: return "0 nanoseconds"
  let negative = d < DurationZero
  var rest = d.inSeconds
  var nanos = if negative and d.nanosecond != 0: d.nanosecond - nanosASecond else: int64(d.nanosecond)
  var parts: seq[string]
  for unit in countdown(Weeks, Seconds):
    let n = rest div unitSeconds[unit]
    rest = rest mod unitSeconds[unit]
    const names: array[Seconds .. Weeks, string] = ["second", "minute", "hour", "day", "week"]
    if n != 0: parts.add(counted(n, names[unit]))
  var size = 1_000_000'i64
  for name in ["millisecond", "microsecond", "nanosecond"]:
    let n = nanos div size
    nanos = nanos mod size
    size = size div 1000
    if n != 0: parts.add(counted(n, name))
  result = listed(parts)

# Moments

proc initTime*(unix: int64, nanosecond: NanosecondRange): Time = Time(seconds: unix, nanosecond: nanosecond)

proc getTime*(): Time {.sideEffect, tags: [TimeEffect].} =
  ## The present moment.
  var t: Timespec
  discard cClockGettime(0, addr t)
  Time(seconds: int64(t.seconds), nanosecond: int(t.nanoseconds))

proc fromUnix*(unix: int64): Time = Time(seconds: unix)
  ## The moment so many seconds after the beginning of 1970.

proc fromUnixFloat*(seconds: float): Time =
  var whole = int64(seconds)
  if float(whole) > seconds: dec whole
  Time(seconds: whole, nanosecond: int((seconds - float(whole)) * 1e9))

proc toUnix*(t: Time): int64 = t.seconds
proc toUnixFloat*(t: Time): float = float(t.seconds) + float(t.nanosecond) / 1e9
proc nanosecond*(t: Time): NanosecondRange = t.nanosecond

proc fromWinTime*(win: int64): Time =
  ## The moment so many times 100 nanoseconds after the beginning of 1601.
  let (seconds, rest) = floorSplit(win, 10_000_000)
  Time(seconds: seconds - 11644473600, nanosecond: int(rest * 100))
proc toWinTime*(t: Time): int64 = (t.seconds + 11644473600) * 10_000_000 + t.nanosecond div 100
proc high*(typ: typedesc[Time]): Time = Time(seconds: high(int64), nanosecond: 999_999_999)
  ## The latest moment.
proc low*(typ: typedesc[Time]): Time = Time(seconds: low(int64))
  ## The earliest moment.

proc epochTime*(): float {.tags: [TimeEffect].} = toUnixFloat(getTime())
  ## Seconds since the beginning of 1970.

proc cpuTime*(): float {.sideEffect, tags: [TimeEffect].} =
  ## Seconds that the program has used the processor.
  const processClock = when defined(macosx): 12 else: 2
  var t: Timespec
  discard cClockGettime(cint(processClock), addr t)
  float(t.seconds) + float(t.nanoseconds) / 1e9

proc `-`*(a, b: Time): Duration = makeDuration(a.seconds - b.seconds, int64(a.nanosecond) - int64(b.nanosecond))
proc `+`*(a: Time, b: Duration): Time =
  let d = makeDuration(a.seconds + b.seconds, int64(a.nanosecond) + int64(b.nanosecond))
  Time(seconds: d.seconds, nanosecond: d.nanosecond)
proc `-`*(a: Time, b: Duration): Time = a + (-b)
proc `+=`*(a: var Time, b: Duration) = a = a + b
proc `-=`*(a: var Time, b: Duration) = a = a - b
proc `<`*(a, b: Time): bool =
  a.seconds < b.seconds or (a.seconds == b.seconds and a.nanosecond < b.nanosecond)
proc `<=`*(a, b: Time): bool = not (b < a)
proc `==`*(a, b: Time): bool = a.seconds == b.seconds and a.nanosecond == b.nanosecond

# The calendar

proc isLeapYear*(year: int): bool = year mod 4 == 0 and (year mod 100 != 0 or year mod 400 == 0)

proc getDaysInMonth*(month: Month, year: int): int =
  case month
  of mFeb: (if isLeapYear(year): 29 else: 28)
  of mApr, mJun, mSep, mNov: 30
  else: 31

proc getDaysInYear*(year: int): int = 365 + ord(isLeapYear(year))

proc daysSinceEpoch(year, month, day: int): int64 =
  # Years begin in March, so that the leap day is the last. Eras of 400 years have 146097 days.
  let y = if month <= 2: year - 1 else: year
  let era = (if y >= 0: y else: y - 399) div 400
  let yearOfEra = y - era * 400
  let shifted = if month > 2: month - 3 else: month + 9
  let dayOfYear = (153 * shifted + 2) div 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra div 4 - yearOfEra div 100 + dayOfYear
  int64(era * 146097 + dayOfEra - 719468)

proc dateTimeAt(seconds: int64, nanosecond: NanosecondRange): DateTime =
  let (days, inDay) = floorSplit(seconds, 86400)
  let shifted = days + 719468
  let (era, dayOfEra) = floorSplit(shifted, 146097)
  let yearOfEra = (dayOfEra - dayOfEra div 1460 + dayOfEra div 36524 - dayOfEra div 146096) div 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra div 4 - yearOfEra div 100)
  let m = (5 * dayOfYear + 2) div 153
  let day = int(dayOfYear - (153 * m + 2) div 5 + 1)
  let month = int(if m < 10: m + 3 else: m - 9)
  let year = int(yearOfEra + era * 400) + ord(month <= 2)
  let (_, weekday) = floorSplit(days + 3, 7)
  DateTime(nanosecond: nanosecond, second: int(inDay mod 60), minute: int(inDay div 60 mod 60),
    hour: int(inDay div 3600), monthday: day, month: Month(month), year: year, weekday: WeekDay(int(weekday)),
    yearday: int(days - daysSinceEpoch(year, 1, 1)))

proc newTimezone*(name: string, zonedTimeFromTimeImpl, zonedTimeFromAdjTimeImpl: ZoneRule): owned Timezone =
  ## A place. One rule is for moments; the other one is for what clocks show, given as the moment at which those of Greenwich do.
  Timezone(name: name, fromTime: zonedTimeFromTimeImpl, fromAdjTime: zonedTimeFromAdjTimeImpl)

proc name*(zone: Timezone): string = zone.name
  ## What the place is called: `Etc/UTC` is Greenwich, `LOCAL` this one.
proc zonedTimeFromTime*(zone: Timezone, time: Time): ZonedTime = zone.fromTime(time)
  ## How clocks stand there at a moment.
proc zonedTimeFromAdjTime*(zone: Timezone, adjTime: Time): ZonedTime = zone.fromAdjTime(adjTime)
  ## The moment at which clocks there show what those of Greenwich show at `adjTime`.

proc `$`*(zone: Timezone): string = (if zone.isNil: "" else: zone.name)
proc `==`*(a, b: Timezone): bool =
  ## Have they the same name?
  if a.isNil or b.isNil: a.isNil and b.isNil else: a.name == b.name

proc unshifted(time: Time): ZonedTime = ZonedTime(time: time)

proc localRule(seconds: int64): tuple[offset: int, isDst: bool] =
  var moment = clong(seconds)
  var tm: CTm
  discard cLocaltime(addr moment, addr tm)
  (-int(tm.offset), tm.dst > 0)

proc localFromTime(time: Time): ZonedTime =
  let (offset, isDst) = localRule(time.seconds)
  ZonedTime(time: time, utcOffset: offset, isDst: isDst)

proc localFromAdjTime(adjTime: Time): ZonedTime =
  # Where clocks are changed around that time, what was valid before decides; an hour that is left out is as if they had not been.
  let before = localRule(adjTime.seconds - 86400).offset
  let after = localRule(adjTime.seconds + 86400).offset
  var offset = before
  if before != after:
    let skipped = if before > after: 3600 else: 0
    offset = localRule(adjTime.seconds - skipped + before).offset
  localFromTime(Time(seconds: adjTime.seconds + offset, nanosecond: adjTime.nanosecond))

let
  utcZone = newTimezone("Etc/UTC", unshifted, unshifted)
  localZone = newTimezone("LOCAL", localFromTime, localFromAdjTime)

proc utc*(): Timezone = utcZone
  ## The time of Greenwich.
proc local*(): Timezone = localZone
  ## The time of this place.

proc shown(at: ZonedTime, zone: Timezone): DateTime =
  result = dateTimeAt(at.time.seconds - at.utcOffset, at.time.nanosecond)
  result.utcOffset = at.utcOffset
  result.isDst = at.isDst
  result.zone = zone

proc inZone*(t: Time, zone: Timezone): DateTime = shown(zone.zonedTimeFromTime(t), zone)
  ## The moment in the calendar of a place.
proc utc*(t: Time): DateTime = inZone(t, utcZone)
  ## The moment in the calendar of Greenwich.
proc local*(t: Time): DateTime = inZone(t, localZone)
  ## The moment in the calendar of this place.

func isInitialized*(dt: DateTime): bool = dt.zone != nil
  ## Has a time been given to it?

proc toTime*(dt: DateTime): Time =
  assert dt.isInitialized, "Uninitialized datetime"
  let days = daysSinceEpoch(dt.year, ord(dt.month), dt.monthday)
  Time(seconds: days * 86400 + dt.hour * 3600 + dt.minute * 60 + dt.second + dt.utcOffset, nanosecond: dt.nanosecond)

proc utc*(dt: DateTime): DateTime = utc(toTime(dt))
proc local*(dt: DateTime): DateTime = local(toTime(dt))
proc now*(): DateTime {.tags: [TimeEffect].} = local(getTime())
  ## The present moment in the calendar of this place.

template given(dt: DateTime, field: untyped): untyped =
  assert dt.isInitialized, "Uninitialized datetime"
  dt.field

proc nanosecond*(dt: DateTime): NanosecondRange = dt.given(nanosecond)
  ## Nanoseconds after the second.
proc second*(dt: DateTime): SecondRange = dt.given(second)
  ## Seconds after the minute.
proc minute*(dt: DateTime): MinuteRange = dt.given(minute)
  ## Minutes after the hour.
proc hour*(dt: DateTime): HourRange = dt.given(hour)
  ## Hours past midnight.
proc monthday*(dt: DateTime): MonthdayRange = dt.given(monthday)
  ## The day of the month.
proc month*(dt: DateTime): Month = dt.given(month)
  ## The month.
proc year*(dt: DateTime): int = dt.given(year)
  ## The year.
proc weekday*(dt: DateTime): WeekDay = dt.given(weekday)
  ## The day of the week.
proc yearday*(dt: DateTime): YeardayRange = dt.given(yearday)
  ## How many days of the year have passed.
proc isDst*(dt: DateTime): bool = dt.given(isDst)
  ## Is it summer time?
proc utcOffset*(dt: DateTime): int = dt.given(utcOffset)
  ## Seconds west of Greenwich.

# Setters from before Nim 1.4: they look after nothing but the field.

{.push deprecated: "Deprecated since v1.3.1".}
proc `nanosecond=`*(dt: var DateTime, value: NanosecondRange) = dt.nanosecond = value
proc `second=`*(dt: var DateTime, value: SecondRange) = dt.second = value
proc `minute=`*(dt: var DateTime, value: MinuteRange) = dt.minute = value
proc `hour=`*(dt: var DateTime, value: HourRange) = dt.hour = value
proc `year=`*(dt: var DateTime, value: int) = dt.year = value
proc `weekday=`*(dt: var DateTime, value: WeekDay) = dt.weekday = value
proc `yearday=`*(dt: var DateTime, value: YeardayRange) = dt.yearday = value
proc `isDst=`*(dt: var DateTime, value: bool) = dt.isDst = value
proc `utcOffset=`*(dt: var DateTime, value: int) = dt.utcOffset = value
proc `monthdayZero=`*(dt: var DateTime, value: int) = dt.monthday = value
proc `monthZero=`*(dt: var DateTime, value: int) = dt.month = Month(value)
proc `timezone=`*(dt: var DateTime, value: Timezone) = dt.zone = value
{.pop.}

proc two(n: int): string = (if n < 10: "0" & $n else: $n)

proc lowered(c: char): char = (if c in {'A' .. 'Z'}: chr(ord(c) + 32) else: c)

proc getDateStr*(dt = now()): string = $dt.year & "-" & two(ord(dt.month)) & "-" & two(dt.monthday)
  ## As 2006-01-02.
proc getClockStr*(dt = now()): string = two(dt.hour) & ":" & two(dt.minute) & ":" & two(dt.second)
  ## As 15:04:05.

proc `-`*(a, b: DateTime): Duration = toTime(a) - toTime(b)
proc `+`*(a: DateTime, b: Duration): DateTime = inZone(toTime(a) + b, a.zone)
proc `-`*(a: DateTime, b: Duration): DateTime = a + (-b)
proc `<`*(a, b: DateTime): bool = toTime(a) < toTime(b)
proc `<=`*(a, b: DateTime): bool = toTime(a) <= toTime(b)
proc `==`*(a, b: DateTime): bool =
  if a.isInitialized and b.isInitialized: toTime(a) == toTime(b)
  else: a.isInitialized == b.isInitialized

proc `+=`*(a: var DateTime, b: Duration) = a = a + b
proc `-=`*(a: var DateTime, b: Duration) = a = a - b

include private/[timesformat, timestext]
