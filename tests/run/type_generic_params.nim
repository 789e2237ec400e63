discard """
  output: '''
'''
"""
# The type arguments of an instance.
import std/typetraits
type
  Grid[T; N: static int] = object
    cells: array[N, T]
  Pair[A, B] = object
doAssert genericParams(Pair[int, string]) is (int, string)
doAssert Pair[int, float].genericParams.get(0) is int
doAssert genericParams(Grid[float, 3]).get(0) is float
doAssert genericParams(Grid[float, 3]).get(1) is StaticParam
doAssert genericParams(Grid[float, 3]).get(1).value == 3
doAssert genericParams(seq[Pair[int, string]]).get(0) is Pair[int, string]
doAssert genericHead(Pair[int, string]) is Pair
