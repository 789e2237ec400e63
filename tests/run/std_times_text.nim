discard """
  output: '''
d => 29
dd => 29
ddd => Thu
dddd => Thursday
h => 11
hh => 11
H => 23
HH => 23
m => 59
mm => 59
M => 2
MM => 02
MMM => Feb
MMMM => February
s => 58
ss => 58
t => P
tt => PM
y !! TimeFormatParseError 'y' is not a valid pattern
yy => 24
yyyy => 2024
YYYY => 2024
uuuu => 2024
UUUU => 2024
z => Z
zz => Z
zzz => Z
zzzz => Z
ZZZ => Z
ZZZZ => Z
g => AD
fff => 123
ffffff => 123456
fffffffff => 123456789
yyyy-MM-dd'T'HH:mm:sszzz => 2024-02-29T23:59:58Z
'lit' yyyy'' => lit 2024'
2020-01-02 yyyy-MM-dd => 2020-01-02T00:00:00Z
2020-1-2 yyyy-M-d => 2020-01-02T00:00:00Z
02/Jan/2020 dd/MMM/yyyy => 2020-01-02T00:00:00Z
12:34 PM hh:mm tt => 0001-01-01T12:34:00Z
12:34 AM hh:mm tt => 0001-01-01T00:34:00Z
2020-13-01 yyyy-MM-dd !! TimeParseError Failed to parse '2020-13-01' with format 'yyyy-MM-dd'. Failed on pattern 'MM'
2020-02-30 yyyy-MM-dd !! TimeParseError Failed to parse '2020-02-30' with format 'yyyy-MM-dd'. 2020-02-30 is not a valid date
abc yyyy !! TimeParseError Failed to parse 'abc' with format 'yyyy'. Failed on pattern 'yyyy'
2020-01-01T00:00:00+02:00 yyyy-MM-dd'T'HH:mm:sszzz => 2019-12-31T22:00:00Z
2020-01-01T00:00:00Z yyyy-MM-dd'T'HH:mm:sszzz => 2020-01-01T00:00:00Z
20 yy => 2020-01-01T00:00:00Z
Monday dddd => 0001-01-01T00:00:00Z
12.345 ss.fff !! TimeFormatParseError '.' is not a valid pattern
2020 yyyy-MM !! TimeParseError Failed to parse '2020' with format 'yyyy-MM'. Parsing ended but there was still patterns remaining
2020-01 x yyyy-MM !! TimeParseError Failed to parse '2020-01 x' with format 'yyyy-MM'. Parsing ended but there was still input remaining
5 BC y g !! TimeFormatParseError 'y' is not a valid pattern
-0005 UUUU => 0006-01-01T00:00:00Z
+12345-01-01 UUUU-MM-dd => +12345-01-01T00:00:00Z
25 HH !! TimeParseError Failed to parse '25' with format 'HH'. Failed on pattern 'HH'
61 ss !! RangeDefect value out of range: 61 notin 0 .. 60
366 d !! TimeParseError Failed to parse '366' with format 'd'. Failed on pattern 'd'
January 5 2021 MMMM d yyyy => 2021-01-05T00:00:00Z
1p ht !! TimeParseError Failed to parse '1p' with format 'ht'. Failed on pattern 't'
Test/Zone 2024-03-01T01:59:58+02:00 true 1577829600
+02:00 +2 +020000 2024-03-02T01:59:58+02:00 5
0006-01-01T00:00:00Z 06 6 -0005 -5 BC
0001-01-01T00:00:00Z 01 1 0000 0 BC
0001-01-01T00:00:00Z 01 1 0001 1 AD
+12345-01-01T00:00:00Z 45 12345 +12345 12345 AD
Uninitialized DateTime true false false
not there
2024-02-29 86400
'''
"""
# Moments as text and back, with what is wrong about either, and places with rules of their own.
import std/times

let d = dateTime(2024, mFeb, 29, 23, 59, 58, 123456789, utc())
for f in ["d", "dd", "ddd", "dddd", "h", "hh", "H", "HH", "m", "mm", "M", "MM", "MMM", "MMMM", "s", "ss", "t", "tt", "y", "yy", "yyyy", "YYYY", "uuuu", "UUUU", "z", "zz", "zzz", "zzzz", "ZZZ", "ZZZZ", "g", "fff", "ffffff", "fffffffff", "yyyy-MM-dd'T'HH:mm:sszzz", "'lit' yyyy''"]:
  try: echo f, " => ", d.format(f)
  except Exception as e: echo f, " !! ", e.name, " ", e.msg
for (s, f) in [("2020-01-02", "yyyy-MM-dd"), ("2020-1-2", "yyyy-M-d"), ("02/Jan/2020", "dd/MMM/yyyy"), ("12:34 PM", "hh:mm tt"), ("12:34 AM", "hh:mm tt"), ("2020-13-01", "yyyy-MM-dd"), ("2020-02-30", "yyyy-MM-dd"), ("abc", "yyyy"), ("2020-01-01T00:00:00+02:00", "yyyy-MM-dd'T'HH:mm:sszzz"), ("2020-01-01T00:00:00Z", "yyyy-MM-dd'T'HH:mm:sszzz"), ("20", "yy"), ("Monday", "dddd"), ("12.345", "ss.fff"), ("2020", "yyyy-MM"), ("2020-01 x", "yyyy-MM"), ("5 BC", "y g"), ("-0005", "UUUU"), ("+12345-01-01", "UUUU-MM-dd"), ("25", "HH"), ("61", "ss"), ("366", "d"), ("January 5 2021", "MMMM d yyyy"), ("1p", "ht")]:
  try: echo s, " ", f, " => ", parse(s, f, utc())
  except Exception as e: echo s, " ", f, " !! ", e.name, " ", e.msg
let tz = newTimezone("Test/Zone", proc (x: Time): ZonedTime = ZonedTime(utcOffset: -7200, isDst: true, time: x),
  proc (x: Time): ZonedTime = ZonedTime(utcOffset: -7200, isDst: true, time: x - initDuration(hours = 2)))
echo tz, " ", d.inZone(tz), " ", d.inZone(tz).isDst, " ", dateTime(2020, mJan, 1, zone = tz).toTime.toUnix
echo d.inZone(tz).format("zzz z ZZZZ"), " ", d.inZone(tz) + 1.days, " ", zonedTimeFromTime(tz, fromUnix(5)).time.toUnix
for year in [-5, 0, 1, 12345]:
  let at = dateTime(year, mJan, 1, zone = utc())
  echo at, " ", at.format("yy YYYY uuuu UUUU g")
echo DateTime(), " ", DateTime() == DateTime(), " ", DateTime() == d, " ", DateTime().isInitialized
try: echo DateTime().toTime
except AssertionDefect: echo "not there"

proc quiet(dt: DateTime): string {.raises: [].} = dt.format("yyyy-MM-dd")
proc careful(s: string): int64 {.raises: [TimeParseError].} = s.parse("yyyy-MM-dd", utc()).toTime.toUnix
echo quiet(d), " ", careful("1970-01-02")
