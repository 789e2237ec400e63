discard """
  output: '''
3421780262
3421780262
'''
"""
proc bit(n: int): uint32 = 1'u32 shl n
const table = block:
  var t: array[256, uint32]
  for i in 0'u32..255'u32:
    var c = i
    for j in 0..7:
      if (c and 1) > 0: c = 0xedb88320'u32 xor (c shr 1)
      else: c = c shr 1
    t[i] = c
  t
proc crc(s: string): uint32 =
  result = 0xffffffff'u32
  for ch in s: result = table[(result xor uint32(ch)) and 0xff] xor (result shr 8)
  result = not result
echo crc("123456789")
const cc = crc("123456789")
echo cc
