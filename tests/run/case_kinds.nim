discard """
  output: '''
ab
ab
greet
long
none
none
letter
letter
digit
space
space
other
truefalse
eastnorth
odd
in
t
big one
1
tuple a
'''
"""
proc kind(s: string): string =
  case s
  of "a", "b": "ab"
  of "hello": "greet"
  elif s.len > 5: "long"
  else: "none"
for s in ["a", "b", "hello", "abcdefgh", "x", ""]: echo kind(s)
proc ch(c: char): string =
  case c
  of 'a'..'z', 'A'..'Z': "letter"
  of '0'..'9': "digit"
  of {' ', '\t'}: "space"
  else: "other"
for c in "aZ5 \t-": echo ch(c)
const Vowels = {'a', 'e', 'i'}
proc v(c: char): bool =
  case c
  of Vowels: true
  else: false
echo v('a'), v('b')
type Dir = enum north, east, south, west
proc turn(d: Dir): Dir =
  case d
  of north..south: succ(d)
  of west: north
echo turn(north), turn(west)
let x = 7
case x
of 1, 3, 5, 7, 9:
  echo "odd"
of low(int)..0: echo "neg"
else: discard
case 2.5
of 1.0..3.0: echo "in"
else: echo "out"
case true
of true: echo "t"
of false: echo "f"
let r = case x mod 3
  of 0: "zero"
  of 1: (if x > 5: "big one" else: "one")
  else: raise newException(ValueError, "no")
echo r
type Small = range[0..2]
var sm: Small = 1
case sm
of 0: echo "0"
of 1: echo "1"
of 2: echo "2"
case (x, "a")[1]
of "a": echo "tuple a"
