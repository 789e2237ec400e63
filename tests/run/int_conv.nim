discard """
  output: '''
3 -3 7.0 2
100 200 65 B
300 1 7.0
255 5
1 true 97 1
1 0.5
'''
"""
# Explicit conversions between integers and floats.
echo int(3.99), " ", int(-3.99), " ", float(7), " ", int32(2.5)
echo int8(100), " ", uint8(200), " ", int('A'), " ", char(66)
echo 300.uint16, " ", 1.5.int, " ", 7.float32
echo uint8(255'u16), " ", int64(5'i8)
echo int(true), " ", bool(1), " ", ord('a'), " ", ord(true)
echo uint64(1'u8), " ", float32(0.5)
