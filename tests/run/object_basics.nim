discard """
  output: '''
(name: "Ann", pos: (x: 1, y: 2), items: @[])
Ann 6 @["sword"]
(name: "Ann", pos: (x: 6, y: 2), items: @["sword"])
(name: "Bob", pos: (x: 6, y: -1), items: @["sword", "bow"])
(name: "", pos: (x: 0, y: 0), items: @[]) true
true true
'''
"""
type
  Point = object
    x, y: int
  Player = object
    name: string
    pos: Point
    items: seq[string]
var p = Player(name: "Ann", pos: Point(x: 1, y: 2))
echo p
p.items.add("sword")
p.pos.x += 5
echo p.name, " ", p.pos.x, " ", p.items
var q = p
q.name = "Bob"
q.items.add("bow")
q.pos.y = -1
echo p
echo q
let zero = Player()
echo zero, " ", zero.name == ""
echo p.pos == Point(x: 6, y: 2), " ", p.pos != q.pos
