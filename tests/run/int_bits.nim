discard """
  output: '''
8 14 6 -13
48 3 -4 -4
15 0 15
9223372036854775808 4611686018427387904
-2147483648
1 65535
-4
'''
"""
# Bit operators, on signed and unsigned types of different width.
let x = 0b1100
let y = 0b1010
echo x and y, " ", x or y, " ", x xor y, " ", not x
echo x shl 2, " ", x shr 2, " ", -8 shr 1, " ", -8'i8 shr 1
echo 0xF0'u8 shr 4, " ", 0xF0'u8 shl 4, " ", not 0xF0'u8
echo 1'u64 shl 63, " ", 1 shl 62
echo 1'i32 shl 31
echo 0xFFFF_FFFF'u32 shr 31, " ", not 0'u16
echo ashr(-16, 2)
