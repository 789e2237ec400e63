discard """
  output: '''
8
10
8
2
'''
"""
# Parameter types that compute with generic parameters.
template fwd[T](x: T): int = 1
proc a[T: SomeInteger](x: T, b: range[0..sizeof(T)*8-1]): int = int(x) + int(b)
echo a(3, 5)
echo a(3'u8, 7)
proc setBit*[T: SomeInteger](v: var T; bit: range[0..sizeof(T) * 8 - 1]) = v = v or (T(1) shl bit)
var u = 0'u8
setBit(u, 3)
echo u
proc arr[T](x: T): array[sizeof(T), byte] = discard
echo arr(1'i16).len
