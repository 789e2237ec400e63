discard """
  output: '''
121
1two31
52.0ss
[3, 12, 1]
(name: "n", age: 6)n6
@[(a: 1, b: "x"), (a: 2, b: "y")]x
10c
4
one!
5
'''
"""
var a, b, c = 1
b = 2
echo a, b, c
let (x, y) = (1, "two")
var (p, _, q) = (1, 2, 3)
(p, q) = (q, p)
echo x, y, p, q
let
  d = 5
  e: float = 2
  f, g = "s"
echo d, e, f, g
var arr = [1, 2, 3]
swap(arr[0], arr[2])
arr[1] += 10
echo arr
var t = (name: "n", age: 3)
t.age *= 2
let (nm, ag) = t
echo t, nm, ag
var s: seq[tuple[a: int, b: string]]
s.add (1, "x")
s.add((a: 2, b: "y"))
echo s, s[0].b
const (u, w) = (10, 'c')
echo u, w
var o {.noinit.}: int
o = 4
echo o
discard s.len
let unused {.used.} = 3
var z = if a == 1: "one" else: "more"
z.add "!"
echo z
when false:
  echo undefined
elif defined(nothing):
  echo "no"
else:
  var inWhen = 5
echo inWhen
