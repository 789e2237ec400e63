discard """
  output: '''
truetruetrue
b b $
äöÄß
30
@[1, 9, 9]true
255 65534 4294967295 -1 -1 -1 7
truetruetruetrue
no year
trueUninitialized DateTime
text&
'''
"""
# Ends of modules that are seldom reached: broken escapes and placeholders, names from before.
import std/[strutils, times, xmlparser, xmltree]

echo unescape("'a\\x4'", "'", "'") == "a\x04", unescape("\"\\x414\"") == "A4", unescape("\"\\xg\"") == "\0g"
echo "${a" % ["a", "b"], " ", "${1" % ["b"], " ", "$" % ["b"]
echo "ÄÖ".toLower, "äß".toUpper # Unicode's, which come with strutils

echo varargsLen(1, "two", 3.0), varargsLen()
var p = createShared(int, 3)
p = resizeShared(p, 5)
freeShared(p)
var s = @[1, 2, 3]
s.shrink 1
s.grow 3, 9
echo s, sizeof(clongdouble) == sizeof(BiggestFloat)
echo ze(-1'i8), " ", ze(-2'i16), " ", ze64(-1'i32), " ", ze64(-1), " ", toU8(255), " ", toU16(65535), " ", toU32(1'i64 shl 40 or 7)
echo GC_prepareOrc() >= 0, getMaxMem() >= 0, getOccupiedSharedMem() >= 0, getAllocStats() - getAllocStats() == getAllocStats()

var never: DateTime
try: echo never.year
except AssertionDefect: echo "no year"
echo never == default(DateTime), never
echo innerText(parseXml("<a>text<b>&amp;</b><!-- no --><![CDATA[no]]></a>"))
