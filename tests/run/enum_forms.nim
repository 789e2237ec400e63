discard """
  output: '''
Red! 0
Green 3
blue 4
dark 10
Red!darkfive5
Red!blue3
Invalid enum value: nope
blue
Greenn171442
5
value out of range: 55 notin 0 .. 10
bd
Red!xxblue
a 0
b 1
a
b
aafive
{Red!, blue}
10
second["first", "second"]
Dtruetrue
Red! .. dark
0fA
1fB
fA
fB
(fA, fB)@[fA][fC](x: fA)
971baA
'''
"""
# Enums with texts, holes, sizes; ordinals and parsing.
import strutils
type
  Color = enum
    red = "Red!", green = (3, "Green"), blue, dark = 10
  Pu {.pure.} = enum one = 1, two, five = 5
  Neg = enum n1 = -3, n2, n3 = 7
  Sz {.size: 4.} = enum s1, s2
  Long = enum l0 = 0, l1 = 1000
for c in [red, green, blue, dark]: echo c, " ", ord(c)
echo low(Color), high(Color), Pu.five, ord(Pu.five)
echo parseEnum[Color]("Red!"), parseEnum[Color]("blue"), 3
try: discard parseEnum[Color]("nope")
except ValueError as e: echo e.msg
echo parseEnum("nope", blue)
echo Color(3), Neg(-3), ord(n3), sizeof(Color), sizeof(Neg), sizeof(Sz), sizeof(Long)
var x = 5
echo Color(x).ord
try: echo Color(x + 50)
except RangeDefect as e: echo e.msg

case blue
of red, green: echo "rg"
of blue, dark: echo "bd"
echo $red & "x", "x" & $blue
type D = enum Alpha = "a", Beta = "b"
for d in D: echo d, " ", d.ord
for d in Alpha..Beta: echo d
echo D.Alpha, D.low, Pu.high
let s = {red, blue}
echo s
proc toInt(c: Color): int = int(c)
echo toInt(dark)
const names: array[D, string] = [Alpha: "first", Beta: "second"]
echo names[Beta], names
echo $D, Alpha is enum, Alpha is D
echo Color.low..Color.high
type Fl = enum fA, fB, fC
for i, f in [fA, fB]: echo i, f
for f in fA..<fC: echo f
echo (fA, fB), @[fA], [fC], (x: fA)
echo ord('a'), ord(true), 'a'.succ, pred('b', 1), chr(65)
