discard """
  output: '''
The quick
brown fox
jumps over
the lazy dog
abcde
fghij
klmno
p xyz
332
[trim me]
rimxy
'''
"""
import std/wordwrap, std/editdistance, std/strbasics
echo wrapWords("The quick brown fox jumps over the lazy dog", 12)
echo wrapWords("abcdefghijklmnop xyz", 5)
echo editDistance("kitten", "sitting"), editDistanceAscii("", "abc"), editDistance("äö", "ao")
var s = "  trim me "
s.strip
echo "[", s, "]"
s.setSlice(1 .. 3)
s.add(['x', 'y'])
echo s
