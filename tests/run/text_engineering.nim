discard """
  output: '''
12e-3 12.35e3 0 0.00
-52.73e6 53e-3 4.1e3V 1000
4.1 kV 1e30 4.1 |
2.5 u 4,1e3
3 -1 2 -1
'''
"""
# Numbers in engineering notation, and searches with a table.
import std/strutils

echo formatEng(0.012), " ", formatEng(12345.678, 2), " ", formatEng(0.0, 2), " ", formatEng(0.0, 2, trim = false)
echo formatEng(-52731234, 2), " ", formatEng(0.053, 0), " ", formatEng(4100, unit = "V"), " ", formatEng(999.99999, 2)
echo formatEng(4100, siPrefix = true, unit = "V"), " ", formatEng(1e30, siPrefix = true), " ", formatEng(4.1, useUnitSpace = true), "|"
echo formatEng(2.5e-6, siPrefix = true), " ", formatEng(4100, decimalSep = ',')
let table = initSkipTable("lo")
echo table.find("hello", "lo"), " ", table.find("hell", "lo"), " ", table.find("lolo", "lo", 1), " ", table.find("hello", "lo", 0, 3)
