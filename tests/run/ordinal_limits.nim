discard """
  output: '''
-1281270255falsetrue922337203685477580718446744073709551615
648ytrue120a
over- or underflow
over- or underflow
0
z
true
value out of range: 300 notin 0 .. 255
truetrueinf
9223372036854775807-128210
33.02-2-31-414
32.5410-1true-65
13
truetrue1truetrue
100
over- or underflow
3int16uint82
92233720368547758071
-55int8
'''
"""
# Limits and neighbours of ordinals, conversions, and what overflows.
# ordinal things
echo low(int8), high(int8), low(uint8), high(char).ord, low(bool), high(bool), high(int64), high(uint64)
echo succ(5), pred(5), succ(5, 3), pred('z'), succ(false), ord('x'), chr(97)
try: echo succ(high(int))
except OverflowDefect as e: echo e.msg
var i8 = 127'i8
try: inc i8
except OverflowDefect as e: echo e.msg
except RangeDefect as e: echo e.msg
var u8 = 255'u8
inc u8
echo u8
var ch = 'y'
inc ch
echo ch
var b = false
inc b
echo b
try: echo chr(300 + u8.int)
except RangeDefect as e: echo e.msg
echo float.high > 1e308, low(float) < 0, float32.high
echo int.high, int8.low, "abc".high, @[1,2].high, [1,2].low
echo toInt(2.5), toFloat(3), int(2.9), int(-2.9), 7 div -2, 7 mod -2, -7 shr 1, 7'u8 shl 1
echo min(3, 4), max(2.5, 1.5), abs(-4), clamp(11, 0, 10), cmp(1, 2), 5 in 1..10, not 5, 6 xor 3
echo @[3,1,2].min, [3,1,2].max
echo "abc" < "abd", "a" <= "a", cmp("b", "a"), 'a' < 'b', false < true
var x: int8 = 5
x = x * 20
echo x
try: x = x * 2
except OverflowDefect as e: echo e.msg
except RangeDefect as e: echo e.msg
echo 1.int8 + 2.int8, typeof(1.int8 + 2.int16), typeof(1 + 2'u8), 3'u32 - 1
echo high(Natural), low(Positive)

# A part of a small type is one of that, also as a constant.
type Around = range[-5'i8 .. 5'i8]
proc which(x: int): string = "int"
proc which(x: int8): string = "int8"
echo low(Around), high(Around), which(low(Around))
