discard """
  output: '''
3 'a' "a\"b\\" true 2.5 7
red grün 4 {red} 1 .. 3
Point(x: 1, name: "p") (1, "a") (a: 'x', b: @[1]) (1,)
@["a", "b"] [1.5] @[Point(x: 0, name: "")]
Node(value: 1, next: Node(value: 2, next: nil)) nil
ref 5 seq[int] nil '\9' "\27"
'''
"""
# `repr` quotes, names objects and follows references.
type
  Colour = enum red, green = "grün"
  Point = object
    x: int
    name: string
  Node = ref object
    value: int
    next: Node
  Id = distinct int
echo repr(3), " ", repr('a'), " ", repr("a\"b\\"), " ", repr(true), " ", repr(2.5), " ", repr(7'u8)
echo repr(red), " ", repr(green), " ", repr(Id(4)), " ", repr({red}), " ", repr(1 .. 3)
echo repr(Point(x: 1, name: "p")), " ", repr((1, "a")), " ", repr((a: 'x', b: @[1])), " ", repr((1,))
echo repr(@["a", "b"]), " ", repr([1.5]), " ", repr(@[Point()])
echo repr(Node(value: 1, next: Node(value: 2))), " ", repr(Node(nil))
var number: ref int
new number
number[] = 5
echo repr(number), " ", repr(seq[int]), " ", repr(pointer(nil)), " ", repr('\t'), " ", repr("\e")
