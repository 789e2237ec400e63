discard """
  output: '''
HELLO hello Word A é
abc Foobar 0 0 true
truetruetruetruefalsefalse
truetruetruefalsetruetruefalse
'''
"""
import std/strutils
echo "Hello".toUpperAscii, " ", "HeLLo".toLowerAscii, " ", "word".capitalizeAscii, " ", 'a'.toUpperAscii, " ", "é".toUpperAscii
echo "a_B_c".normalize, " ", nimIdentNormalize("Foo_Bar"), " ", cmpIgnoreCase("ABC", "abc"), " ", cmpIgnoreStyle("a_b", "AB"), " ", cmpIgnoreCase("a", "b") < 0
echo 'x'.isAlphaAscii, '5'.isDigit, ' '.isSpaceAscii, 'A'.isUpperAscii, 'a'.isUpperAscii, '_'.isAlphaNumeric
echo 'c' in Letters, '7' in Digits, '\n' in Whitespace, 'g' in HexDigits, '_' in IdentChars, "ab1".validIdentifier, "1ab".validIdentifier
