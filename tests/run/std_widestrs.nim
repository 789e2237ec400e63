discard """
  disabled: "nim"
  output: '''
0 
3 abc
4 häß€
4 𝄞 x
3 a�b
1 �
3hel
0true
'''
"""
# A module of Nim 2: UTF-16, where half a pair or a byte that is no UTF-8 becomes the replacement character.
import std/widestrs

for s in ["", "abc", "häß€", "𝄞 x", "a\xFFb", "\xED\xA0\x80"]:
  let w = newWideCString(s)
  echo len(w), " ", $w
let w = newWideCString("hello", 3)
echo w.len, $w
echo len(newWideCString(4)), newWideCString(cstring(nil)).isNil
