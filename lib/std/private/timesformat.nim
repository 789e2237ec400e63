# A part of `times`: intervals of calendar units, and text.

type
  TimeInterval* = object
    ## A length of time in units of the calendar, which are not all of the same length.
    nanoseconds*, microseconds*, milliseconds*, seconds*, minutes*, hours*, days*, weeks*, months*, years*: int
  DurationParts* = array[FixedTimeUnit, int64]
    ## A duration in whole units.
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
  var atGreenwich = dt
  atGreenwich.utcOffset = 0
  shown(dt.zone.zonedTimeFromAdjTime(toTime(atGreenwich)), dt.zone)

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

proc timezone*(dt: DateTime): Timezone = dt.given(zone)
  ## The place whose time it is.
proc inZone*(dt: DateTime, zone: Timezone): DateTime = inZone(toTime(dt), zone)
  ## The same moment in the calendar of a place.

proc dateTime*(year: int, month: Month, monthday: MonthdayRange, hour: HourRange = 0, minute: MinuteRange = 0,
    second: SecondRange = 0, nanosecond: NanosecondRange = 0, zone: Timezone = local()): DateTime =
  ## A moment in the calendar of a place.
  assert monthday <= getDaysInMonth(month, year), $year & "-" & two(ord(month)) & "-" & $monthday & " is not a valid date"
  zoned(DateTime(year: year, month: month, monthday: monthday, hour: hour, minute: minute, second: second,
    nanosecond: nanosecond, zone: zone))

proc initDateTime*(monthday: MonthdayRange, month: Month, year: int, hour: HourRange, minute: MinuteRange,
    second: SecondRange, nanosecond: NanosecondRange, zone: Timezone = local()): DateTime =
  ## The same with the parts in another order.
  dateTime(year, month, monthday, hour, minute, second, nanosecond, zone)

proc initDateTime*(monthday: MonthdayRange, month: Month, year: int, hour: HourRange, minute: MinuteRange,
    second: SecondRange, zone: Timezone = local()): DateTime =
  dateTime(year, month, monthday, hour, minute, second, 0, zone)

type
  IsoWeekRange* = range[1 .. 53] ## A week as ISO 8601 counts them.
  IsoYear* = distinct int ## A year of whole weeks; the first one has January 4 in it.

proc `==`*(a, b: IsoYear): bool {.borrow.}
proc `$`*(p: IsoYear): string {.borrow.}

proc firstIsoDay(year: int): int64 =
  # The Monday of the week in which January 4 is.
  let day = daysSinceEpoch(year, 1, 4)
  let (_, weekday) = floorSplit(day + 3, 7)
  day - weekday

proc getWeeksInIsoYear*(y: IsoYear): IsoWeekRange =
  ## How many weeks such a year has.
  int(firstIsoDay(int(y) + 1) - firstIsoDay(int(y))) div 7

proc getIsoWeekAndYear*(dt: DateTime): tuple[isoweek: IsoWeekRange, isoyear: IsoYear] =
  ## The week, and the year that it belongs to.
  let day = daysSinceEpoch(dt.year, ord(dt.month), dt.monthday)
  var year = dt.year
  if day < firstIsoDay(year): dec year
  elif day >= firstIsoDay(year + 1): inc year
  (IsoWeekRange(int(day - firstIsoDay(year)) div 7 + 1), IsoYear(year))

proc initDateTime*(weekday: WeekDay, isoweek: IsoWeekRange, isoyear: IsoYear, hour: HourRange, minute: MinuteRange,
    second: SecondRange, nanosecond: NanosecondRange, zone: Timezone = local()): DateTime =
  ## A moment on a day of a week.
  let day = firstIsoDay(int(isoyear)) + (isoweek - 1) * 7 + ord(weekday)
  let date = dateTimeAt(day * 86400, 0)
  dateTime(date.year, date.month, date.monthday, hour, minute, second, nanosecond, zone)

proc initDateTime*(weekday: WeekDay, isoweek: IsoWeekRange, isoyear: IsoYear, hour: HourRange, minute: MinuteRange,
    second: SecondRange, zone: Timezone = local()): DateTime =
  initDateTime(weekday, isoweek, isoyear, hour, minute, second, 0, zone)

proc initDateTime*(weekday: WeekDay, isoweek: IsoWeekRange, isoyear: IsoYear, zone: Timezone = local()): DateTime =
  initDateTime(weekday, isoweek, isoyear, 0, 0, 0, 0, zone)

proc isLeapDay*(dt: DateTime): bool = isLeapYear(dt.year) and dt.month == mFeb and dt.monthday == 29
  ## Is it February 29?
proc high*(typ: typedesc[Duration]): Duration = Duration(seconds: int64.high, nanosecond: 999_999_999)
  ## The longest.
proc low*(typ: typedesc[Duration]): Duration = Duration(seconds: int64.low)
  ## The shortest.
