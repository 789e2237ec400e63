discard """
  output: '''
41
16909311
16 17
true
true
Atrue{0, 2}
'''
"""
var x = 0x01020304'i32
let bytes = cast[ptr array[4, uint8]](addr x)
echo bytes[0], bytes[3]
bytes[0] = 0xFF
echo x
let p = cast[pointer](0x10)
echo cast[int](p), " ", cast[uint](p) + 1
var f = 3.5'f32
echo cast[ptr uint32](addr f)[] == cast[uint32](f)
type Handle = distinct pointer
let h = Handle(nil)
echo pointer(h) == nil
let c = cast[char](0x41'u8)
echo c, cast[bool](1'u8), cast[set[0..7]](0b101'u8)
