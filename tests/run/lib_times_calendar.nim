discard """
  output: '''
2024-02-29T13:05:09Z Thursday 59 true
2024-02-29 13:05:09|Thu, 29 Feb 24 1:05 PM|Thursday February at 01 P 123 Z
2025-03-01T13:05:09Z 2024-03-29T13:05:09Z 2024-02-28T13:05:09Z 2024-02-29T18:07:09Z
2024-03-02T00:00:00Z
2021-03-04T05:06:07Z 1614834367 4/3/2021
2020-03-05T15:30:00Z
no time
2
Saturday 59 48 2
1 day, 2 hours, and 5 milliseconds 2 1560 true
1970-01-01T00:00:00Z 19700102T000000 1092
105 28 2
'''
"""
import times
let dt = dateTime(2024, mFeb, 29, 13, 5, 9, 123_456_789, utc())
echo dt, " ", dt.weekday, " ", dt.yearday, " ", dt.isLeapDay
echo dt.format("yyyy-MM-dd HH:mm:ss"), "|", dt.format("ddd, d MMM yy h:mm tt"), "|", dt.format("dddd MMMM 'at' hh t fff zzz")
echo dt + 1.years, " ", dt + 1.months, " ", dt - 1.days, " ", dt + 5.hours + 2.minutes
echo dateTime(2024, mJan, 31, zone = utc()) + 1.months
let p = parse("2021-03-04 05:06:07", "yyyy-MM-dd HH:mm:ss", utc())
echo p, " ", p.toTime.toUnix, " ", p.format("d/M/yyyy")
echo parse("Mar 5, 2020 3:30 PM", "MMM d, yyyy h:mm tt", utc())
try: discard parse("nope", "yyyy", utc())
except TimeParseError: echo "no time"
echo between(dateTime(2020, mJan, 1, zone = utc()), dateTime(2021, mMar, 15, 12, zone = utc())).months
echo getDayOfWeek(1, mJan, 2000), " ", getDayOfYear(1, mMar, 2023), " ", convert(Days, Hours, 2), " ", convert(Seconds, Minutes, 150)
let d = initDuration(days = 1, hours = 2, milliseconds = 5)
echo d, " ", d.toParts[Hours], " ", d.inMinutes, " ", d > initDuration(hours = 3)
echo fromUnix(0).utc, " ", fromUnix(86400).utc.format("yyyyMMdd'T'HHmmss"), " ", (dt - p).inDays
var t = initTime(100, 0)
t += 5.seconds
echo t.toUnix, " ", getDaysInMonth(mFeb, 2023), " ", 2.weeks.weeks
