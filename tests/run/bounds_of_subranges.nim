discard """
  output: '''
range 0..2(int) range 0..2(int) range 0..2(int) N Natural
N
range
char
range 0..2(int)
N
set[N]seq[N](N, int)array[0..0, N]
N
range 0..2(int)
Natural
intint
3
{w0, h0, h1} Note
'''
"""
# The bounds of a subrange are of its type, those of an array of its index type.
import strutils
type N = range[3..9]
var a = [1,2,3]
var x = low(a)
echo typeof(x), " ", typeof(low(a)), " ", typeof(high(a)), " ", typeof(low(N)), " ", typeof(high(Natural))
var y = low(N)
echo typeof(y)
try:
  y = parseInt("1")
except: echo "range"
var e: array[char, int]
echo typeof(low(e))
for i in low(a)..high(a): echo typeof(i); break
for i in low(N)..high(N): echo typeof(i); break
echo typeof({low(N)..high(N)}), typeof(@[low(N)]), typeof((low(N), 1)), typeof([low(N)])
var s: seq[int]
s.add low(N)
proc g[T](x: T) = echo typeof(x)
g(low(N)); g(low(a)); g(high(Natural))
echo typeof(low(N) + 1), typeof(-low(N))
var z: int8 = low(N)
echo z

type
  Message = enum m0, m1, w0, w1, h0, h1
  Note = range[w0..h1]
  Notes = set[Note]
proc notes(): Notes = {low(Note)..high(Note)} - {w1}
echo notes(), " ", typeof(low(Note))
