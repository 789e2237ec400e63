discard """
  output: '''
12 6 4 16 4 1
4 8 1 8
1065353216 63
16 16 8 6
1184
'''
"""
type
  A = object
    a: uint8
    b: int32
    c: uint8
  B {.packed.} = object
    a: uint8
    b: int32
    c: uint8
  U {.union.} = object
    i: int32
    f: float32
    b: array[4, uint8]
  T = tuple[a: int8, b: int64]
echo sizeof(A), " ", sizeof(B), " ", sizeof(U), " ", sizeof(T), " ", alignof(A), " ", alignof(B)
echo offsetOf(A, b), " ", offsetOf(A, c), " ", offsetOf(B, b), " ", offsetOf(T, b)
var u: U
u.f = 1.0
echo u.i, " ", u.b[3]
echo sizeof(string), " ", sizeof(seq[int]), " ", sizeof(ref int), " ", sizeof(array[3, int16])
echo sizeof(bool), sizeof(char), sizeof(float), sizeof(float32)
