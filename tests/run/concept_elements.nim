discard """
  output: '''
6 4.0 4
'''
"""
# A type in a concept's statements stands for a value of it, also as an index; what binds a parameter is told by the element.
type
  Container[T] = concept c
    c.len is Ordinal
    items(c) is T
    c[int] is T
  Changeable = concept x
    inc x
proc total[T](c: Container[T]): T =
  for x in c: result += x
type Indexed[T] = concept c
  c[int] is T
proc first[T](c: Indexed[T]): T = c[0]
doAssert seq[int] is Container[int] and seq[int] isnot Container[string]
doAssert int is Changeable and string isnot Changeable
echo total(@[1, 2, 3]), " ", total([1.5, 2.5]), " ", first(@[4])
