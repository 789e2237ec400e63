discard """
  output: '''
5555
int16 int32 int64
int8 uint8
400
10 10
'''
"""
# A smaller integer type converts to a larger one by itself; operators take the larger type.
let a: int8 = 5
let b: int16 = a
let c: int32 = b
let d: int64 = c
let e: int = a
echo b, c, d, e
echo typeof(a + b), " ", typeof(b + c), " ", typeof(c + d)
echo typeof(1'i8 + 1), " ", typeof(1'u8 + 1)
let u: uint8 = 200
let w: uint16 = u
let v: uint64 = w
echo w + v
proc takes(x: int): int = x * 2
echo takes(a), " ", takes(c)
