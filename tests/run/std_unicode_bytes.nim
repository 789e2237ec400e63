discard """
  output: '''
FF 1 @[255] 1 1 0 C3BF 255 FF
618062 3 @[97, 128, 98] 1 3 1 61C28062 97 628061
C3 1 @[65533] 2 1 0 EFBFBD 65533 C3
C328 1 @[232] 2 1 0 C3A8 232 C328
E697 1 @[65533, 151] 3 2 0 EFBFBDC297 65533 97E6
E69778 1 @[26104] 3 1 0 E697B8 26104 E69778
F09F98 1 @[65533, 159, 152] 4 3 0 EFBFBDC29FC298 65533 989FF0
F09F9880 1 @[128512] 4 1 -1 F09F9880 128512 F09F9880
F888808080 1 @[2097152] 5 1 0 F888808080 2097152 F888808080
FC8480808080 1 @[67108864] 6 1 0 FC8480808080 67108864 FC8480808080
FE 1 @[254] 1 1 0 C3BE 254 FE
C3A9C3 2 @[233, 65533] 2 2 2 C3A9EFBFBD 233 C3C3A9
EDA080 1 @[55296] 3 1 -1 EDA080 55296 EDA080
toLower 994352204 43
toUpper 3234458899 39
toTitle 2948200283 0
isUpper 4230882511 43
isLower 1691867153 39
isAlpha 3538892297 417
isWhiteSpace 0 0
isCombining 413428543 11
isTitle 0 0
'''
"""
# Bytes that are no text, and which runes are letters.
import std/[unicode, sequtils, strutils]
for s in ["\xff", "a\x80b", "\xc3", "\xc3(", "\xe6\x97", "\xe6\x97x", "\xf0\x9f\x98", "\xf0\x9f\x98\x80", "\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80", "\xfe", "é\xc3", "\xed\xa0\x80"]:
  echo s.toHex, " ", s.runeLen, " ", toSeq(s.runes).mapIt(it.int), " ", runeLenAt(s, 0), " ", s.toRunes.len, " ", validateUtf8(s), " ", s.toLower.toHex, " ", s.runeAt(0).int, " ", s.reversed.toHex
var bad: seq[int]
for (name, a) in [("toLower", 0), ("toUpper", 1), ("toTitle", 2), ("isUpper", 3), ("isLower", 4), ("isAlpha", 5), ("isWhiteSpace", 6), ("isCombining", 7), ("isTitle", 8)]:
  var h = 0'u32
  var n = 0
  for c in countup(0, 0x12000, 31):
    let r = Rune(c)
    let v = case a
      of 0: int(r.toLower)
      of 1: int(r.toUpper)
      of 2: int(r.toTitle)
      of 3: ord(r.isUpper)
      of 4: ord(r.isLower)
      of 5: ord(r.isAlpha)
      of 6: ord(r.isWhiteSpace)
      of 7: ord(r.isCombining)
      else: ord(r.isTitle)
    h = h * 31 + uint32(v)
    if a <= 2 and v != c or a > 2 and v == 1: inc n
  echo name, " ", h, " ", n
