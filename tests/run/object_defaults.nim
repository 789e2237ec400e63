discard """
  output: '''
(x: 1, y: 2, tag: "")(x: 0, y: 0, tag: "t")
[(x: 0, y: 0, tag: ""), (x: 0, y: 0, tag: "one")]@[(x: 50, y: 2, tag: ""), (x: 0, y: 0, tag: "t")]21
9
56
(x: 3, y: 1, tag: "3")3
'''
"""
# An object is built by name, in any order; what is not named is zero. Objects in arrays, seqs and tuples.
type
  P = object
    x, y: int
    tag: string
let a = P(y: 2, x: 1)
let b = P(tag: "t")
echo a, b
var ps: array[2, P]
ps[1].tag = "one"
var sq = @[a, b]
sq[0].x = 50
let t = (a, 5)
echo ps, sq, t[0].y, a.x
for p in sq.mitems: p.y = 9
echo sq[1].y
proc make(x: int): P = P(x: x, tag: $x)
echo make(5).tag, make(6).x
var r: ref P
new(r)
r[] = make(3)
r.y = 1
echo r[], r.tag
