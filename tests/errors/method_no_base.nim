discard """
  errormsg: "method is not a base"
  line: 9
"""
type
  Shape = ref object of RootObj
  Square = ref object of Shape
method area(x: Shape): int {.base.} = 1
method area(x: Square): int {.base.} = 0
echo area(Square())
