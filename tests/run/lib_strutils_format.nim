discard """
  output: '''
a and b, a x y Ann is 5$ one
1 2.5 true c-s
3.14 1.234e+03 0.5000000000000000 2. 1,5
4KiB 1.5 KiB 5B
"a\"b\x0A\\" aA" <x>
invalid format string
1.5 0
'''
"""
import std/strutils
echo "$1 and $2, $1" % ["a", "b"], " ", "$# $#" % ["x", "y"], " ", "$name is ${age}$$" % ["name", "Ann", "age", "5"], " ", "$1" % "one"
echo format("$1 $2 $3", 1, 2.5, true), " ", "$#-$#".format('c', "s")
echo formatFloat(3.14159, ffDecimal, 2), " ", formatFloat(1234.5, ffScientific, 3), " ", formatFloat(0.5), " ", formatFloat(2.0, ffDecimal, 0), " ", formatFloat(1.5, ffDecimal, 1, ',')
echo formatSize(4096), " ", formatSize(1536, includeSpace = true), " ", formatSize(5, prefix = bpColloquial)
echo escape("a\"b\n\\"), " ", unescape("\"a\\x41\\\"\""), " ", escape("x", "<", ">")
try: echo "$3" % ["a"]
except ValueError as e: echo e.msg
var x = "1.500"
x.trimZeros
echo x, " ", "abc".abbrev(["abcd", "xyz"])
