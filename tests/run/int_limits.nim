discard """
  output: '''
-128 127 1
-32768 32767 2
-2147483648 2147483647 4
-9223372036854775808 9223372036854775807 8
-9223372036854775808 9223372036854775807 8
0 255 1
0 65535 2
0 4294967295 4
0 18446744073709551615 8
9223372036854775807 0
overflow
'''
"""
# low, high and sizeof of each integer type.
echo low(int8), " ", high(int8), " ", sizeof(int8)
echo low(int16), " ", high(int16), " ", sizeof(int16)
echo low(int32), " ", high(int32), " ", sizeof(int32)
echo low(int64), " ", high(int64), " ", sizeof(int64)
echo low(int), " ", high(int), " ", sizeof(int)
echo low(uint8), " ", high(uint8), " ", sizeof(uint8)
echo low(uint16), " ", high(uint16), " ", sizeof(uint16)
echo low(uint32), " ", high(uint32), " ", sizeof(uint32)
echo low(uint64), " ", high(uint64), " ", sizeof(uint64)
echo int.high, " ", uint8.low

# What has no place in the type is not computed before either.
try: echo abs(low(int8))
except OverflowDefect: echo "overflow"
