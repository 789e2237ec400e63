discard """
  errormsg: "invalid declaration order; cannot attach 'area' to method defined here"
  line: 9
"""
type
  Shape = ref object of RootObj
  Square = ref object of Shape
method area(x: Square): int {.base.} = 1
method area(x: Shape): int {.base.} = 0
echo area(Square())
