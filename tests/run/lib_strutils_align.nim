discard """
  output: '''
[   ab] [ab...] [**ab**] [toolong]
[x] [a] [x ] [ x]
ababab zzzz [  ]
  a
  b|a
  b|a
  b
1,234,567 00042 -007
x, y[]
'''
"""
import std/strutils
echo "[", "ab".align(5), "] [", "ab".alignLeft(5, '.'), "] [", "ab".center(6, '*'), "] [", "toolong".align(3), "]"
echo "[", "  x ".strip, "] [", "xxaxx".strip(chars = {'x'}), "] [", "  x ".strip(trailing = false), "] [", " x ".strip(leading = false), "]"
echo "ab".repeat(3), " ", 'z'.repeat(4), " [", spaces(2), "]"
echo "a\nb".indent(2), "|", "  a\n    b".unindent(2), "|", "  a\n    b".dedent
echo "1234567".insertSep(','), " ", intToStr(42, 5), " ", intToStr(-7, 3)
var s = "x"
s.addSep
s.add("y")
var e = ""
e.addSep
echo s, "[", e, "]"
