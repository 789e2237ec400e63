type
  A* = object
    n*: int
import b
proc makeA*(n: int): string = describe(A(n: n))
