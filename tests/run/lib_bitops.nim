discard """
  output: '''
8493131
40
3327681921true
127
81462551415
12 240 12 2
'''
"""
import bitops
echo popcount(255), firstSetBit(8), fastLog2(1000), countLeadingZeroBits(1'u32), countTrailingZeroBits(8), parityBits(7)
echo countSetBits(0xF0'u8), firstSetBit(0)
echo rotateLeftBits(0b1000_0001'u8, 1), rotateRightBits(1'u16, 1), reverseBits(0b0000_0011'u8), bitsliced(0b1011'u8, 1..2), 5.testBit(2)
var v = 0b1111_0000'u8
v.setBit 0
v.clearBit 7
v.flipBit 1
v.setBits(2, 3)
echo v
echo bitand(12, 10), bitor(12, 10), bitxor(12, 10), bitnot(0'u8), toMask[int32](1 .. 3), bitor(1, 2, 4, 8)
var m = 0b1100_1100'u8
m.mask 0b0000_1111'u8
echo m, " ", clearMasked(0xFF'u8, 0x0F'u8), " ", setMasked(0'u8, 2..3), " ", flipMasked(1'u8, 3'u8)
