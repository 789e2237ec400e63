discard """
  output: '''
héllo → 😀 15
h195 169
9
5
true true
'''
"""
# Strings are bytes; text in UTF-8 passes through.
let s = "héllo → 😀"
echo s, " ", s.len
echo s[0], ord(s[1]), " ", ord(s[2])
var n = 0
for c in s:
  if (ord(c) and 0xC0) != 0x80: inc n
echo n
const größe = 5
echo größe
echo "\u00e9" == "é", " ", "\xC3\xA9" == "é"
