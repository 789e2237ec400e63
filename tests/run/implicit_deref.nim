discard """
  output: '''
4/2 4/2 reference
8 8
8/8 (x: 8, y: 8)
4
2
4
2
5
false
'''
"""
# With `implicitDeref`, what a first argument refers to is taken where the reference itself does not fit.
{.experimental: "implicitDeref".}

type
  Point = object
    x, y: int
  Base = object of RootObj
    n: int
  Derived = object of Base

proc show(p: Point): string = $p.x & "/" & $p.y
proc move(p: var Point, by: int) = p.x += by
proc twice(x: int): int = 2 * x
proc choose(p: Point): string = "value"
proc choose(p: ref Point): string = "reference"
proc base(b: Base): int = b.n
iterator parts(p: Point): int =
  yield p.x
  yield p.y

let point = (ref Point)(x: 1, y: 2)
point.move 3
echo show(point), " ", point.show, " ", choose(point)

let number = new int
number[] = 4
echo twice(number), " ", number.twice

var plain = Point(x: 7, y: 8)
let address = addr plain
address.move 1
echo address.show, " ", plain

for part in parts(point): echo part
for part in point.parts: echo part

let derived = (ref Derived)(n: 5)
echo base(derived)
echo compiles(twice(point))
