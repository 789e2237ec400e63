discard """
  output: '''
1s2.5c
9 z 1.5
(1, "x") ("x", 1)
0 true false
A 3.0 5
'''
"""
proc identity[T](x: T): T = x
proc largest[T](xs: openArray[T]): T =
  result = xs[0]
  for x in xs:
    if x > result: result = x
proc pair[A, B](a: A, b: B): (A, B) = (a, b)
proc swapped[A, B](p: (A, B)): (B, A) = (p[1], p[0])
proc zero[T](): T = discard
proc convert[T](x: int, t: typedesc[T]): T = T(x)
echo identity(1), identity("s"), identity(2.5), identity('c')
echo largest([3, 9, 2]), " ", largest(@["b", "z", "a"]), " ", largest([1.5, 0.5])
echo pair(1, "x"), " ", swapped(pair(1, "x"))
echo zero[int](), " ", zero[string]() == "", " ", zero[bool]()
echo convert(65, char), " ", convert(3, float), " ", identity[int8](5)
