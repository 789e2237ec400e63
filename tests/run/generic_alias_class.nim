discard """
  output: '''
35
twinintfalse
twin
'''
"""
# The name of a generic alias without arguments stands for all that it can be.
proc width(s: Slice): int = s.len
echo width(2..4), width('a'..'e')
type
  Pair[A, B] = object
    a: A
    b: B
  Twin[T] = Pair[T, T]
proc twin(x: Twin): string = "twin"
proc twin(x: int): string = "int"
echo twin(Pair[int, int]()), twin(3), compiles(twin(Pair[int, char]()))
echo Twin[char](a: 'x', b: 'y').twin
