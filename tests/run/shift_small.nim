discard """
  output: '''
-1 0 -1 0 0 -1 22144
-1 0 0 -1
(-1, 0, -1, 32768)
'''
"""
# What is smaller than an `int` of C is shifted as one, so that all of its bits may go.
var
  k = 9
  i8 = -128'i8
  u8 = 200'u8
  i16 = -30000'i16
echo i8 shr k, " ", i8 shl k, " ", ashr(i8, k), " ", u8 shr k, " ", u8 shl k, " ", i16 shr 20, " ", i16 shl 3
echo -128'i8 shr 9, " ", 1'i8 shl 9, " ", 200'u8 shr 9, " ", ashr(-128'i8, 8)
const folded = (ashr(-128'i8, 9), 1'u8 shl 8, -5'i16 shr 17, 3'u16 shl 15)
echo folded
