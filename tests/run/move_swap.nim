discard """
  output: '''
0@[1, 2, 3]
@[9]@[1, 2, 3]
0text
0
(s: "", n: 0)(s: "x", n: 2)
000
'''
"""
var a = @[1, 2, 3]
var b = move(a)
echo a.len, b
var c = @[9]
swap(b, c)
echo b, c
var s = "text"
let t = move s
echo s.len, t
reset(c)
echo c.len
type O = object
  s: string
  n: int
var o = O(s: "x", n: 2)
var p = move o
echo o, p
o = default(O)
echo o.s.len, default(int), default(string).len
