discard """
  output: '''
1 hour, 30 minutes, and 250 milliseconds 90 5400 5400250
true -1 minute and -30 seconds 3 seconds
2000-02-29T00:00:00Z Tuesday February 59 951782400
2000-03-01T00:00:00Z 11016 truefalse 29
true true true
'''
"""
import std/times
let d = initDuration(hours = 1, minutes = 30, milliseconds = 250)
echo d, " ", d.inMinutes, " ", d.inSeconds, " ", d.inMilliseconds
echo d + initDuration(seconds = 5) > d, " ", initDuration(seconds = -90), " ", initDuration(milliseconds = 1500) * 2
let t = fromUnix(951_782_400)
echo t.utc, " ", t.utc.weekday, " ", t.utc.month, " ", t.utc.yearday, " ", t.toUnix
echo (t + initDuration(days = 1)).utc, " ", (t - fromUnix(0)).inDays, " ", isLeapYear(2000), isLeapYear(1900), " ", getDaysInMonth(mFeb, 2024)
echo epochTime() > 1.6e9, " ", cpuTime() >= 0.0, " ", getTime() > t
