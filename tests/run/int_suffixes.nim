discard """
  output: '''
1 int8
2 int16
3 int32
4 int64
5 uint8
6 uint16
7 uint32
8 uint64
9 uint
10 int
255 -128
'''
"""
# Each integer type with its suffix, and the type it gives.
echo 1'i8, " ", typeof(1'i8)
echo 2'i16, " ", typeof(2'i16)
echo 3'i32, " ", typeof(3'i32)
echo 4'i64, " ", typeof(4'i64)
echo 5'u8, " ", typeof(5'u8)
echo 6'u16, " ", typeof(6'u16)
echo 7'u32, " ", typeof(7'u32)
echo 8'u64, " ", typeof(8'u64)
echo 9'u, " ", typeof(9'u)
echo 10, " ", typeof(10)
echo 255u8, " ", -128i8
