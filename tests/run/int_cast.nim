discard """
  output: '''
44 44
255 18446744073709551615 4294967295
4607182418800017408
1065353216
-56
'''
"""
# cast reinterprets or truncates the bits and never checks.
var n = 300
echo cast[int8](n), " ", cast[uint8](n)
var m = -1
echo cast[uint8](m), " ", cast[uint64](m), " ", cast[uint32](m)
var f = 1.0
echo cast[uint64](f)
var g = 1.0'f32
echo cast[uint32](g)
echo cast[int8](200'u8)
