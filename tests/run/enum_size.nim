discard """
  output: '''
1 4 4 2 2
256 2147483647
'''
"""
# The size pragma.
type
  A = enum a0, a1
  B {.size: 4.} = enum b0, b1
  C {.size: sizeof(cint).} = enum c0 = 0x100, c1 = 0x7fff_ffff
  D {.size: 2.} = enum d0, d1
  E = enum e0, e300 = 300
echo sizeof(A), " ", sizeof(B), " ", sizeof(C), " ", sizeof(D), " ", sizeof(E)
echo ord(c0), " ", ord(c1)
