discard """
  output: '''
-5940405725068231575 8231874320669540605 5271849663772105815 661948602591176288 8641844181895329213
0 3017643002 1586663183 true
7707678244570155511 true 7142227124490026290 -706881283353682893 true
true true
true true
'''
"""
import std/hashes
echo hash(0), " ", hash(-1), " ", hash(123456789), " ", hash('a'), " ", hash(true)
echo hash(""), " ", hash("abc"), " ", hash("hello world"), " ", hash(cstring"abc") == hash("abc")
echo hash(1.5), " ", hash(0.0) == hash(-0.0), " ", hash((1, "a")), " ", hash(@[1, 2]), " ", hash([1, 2]) == hash(@[1, 2])
echo hashIgnoreCase("ABC") == hashIgnoreCase("abc"), " ", hashIgnoreStyle("a_B") == hashIgnoreStyle("ab")
type P = object
  x, y: int
proc hash(p: P): Hash = !$(hash(p.x) !& hash(p.y))
echo hash(P(x: 1, y: 2)) == hash(P(x: 1, y: 2)), " ", hash(P(x: 1)) == hash(P(y: 1))
