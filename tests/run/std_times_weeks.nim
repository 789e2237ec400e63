discard """
  disabled: "nim"
  output: '''
(isoweek: 16, isoyear: 2018) 2018-W16 16 18
(isoweek: 52, isoyear: 2011) 2011-W52 52 11
(isoweek: 53, isoyear: 2020) 2020-W53 53 20
(isoweek: 53, isoyear: 2020) 2020-W53 53 20
(isoweek: 1, isoyear: 2025) 2025-W01 1 25
535253
2018-04-21T01:02:03Z
2018-04-21T00:00:00Z
'''
"""
# Weeks as ISO 8601 counts them, which Nim has since version 2.
import std/times
for d in [dateTime(2018, mApr, 21, zone = utc()), dateTime(2012, mJan, 1, zone = utc()), dateTime(2021, mJan, 3, zone = utc()), dateTime(2020, mDec, 31, zone = utc()), dateTime(2024, mDec, 30, zone = utc())]:
  echo d.getIsoWeekAndYear, " ", d.format("GGGG-'W'VV V GG")
echo getWeeksInIsoYear(IsoYear(2020)), getWeeksInIsoYear(IsoYear(2021)), getWeeksInIsoYear(IsoYear(2015))
echo initDateTime(dSat, 16, 2018.IsoYear, 1, 2, 3, utc())
echo parse("2018-W16 Saturday", "GGGG-'W'VV dddd", utc())
