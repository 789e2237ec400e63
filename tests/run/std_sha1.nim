discard """
  output: '''
AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434DDA39A3EE5E6B4B0D3255BFEF95601890AFD80709truefalse
AF0B191C2DE46FE13FE0908F5A6A4E90E0CAFC46
'''
"""
# Hashes by SHA-1.
import std/sha1
echo secureHash("hello"), secureHash(""), secureHash("a") == parseSecureHash($secureHash("a")), isValidSha1Hash("zz")
var x = ""
for i in 0..999: x.add char(i mod 256)
echo secureHash(x)
