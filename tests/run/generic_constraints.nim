discard """
  output: '''
integer integer float string
object enum seq of float tuple
1n 1.5n
6 3.0
97 0 1
'''
"""
# Constraints by type classes choose between generics.
proc kind[T: SomeInteger](x: T): string = "integer"
proc kind[T: SomeFloat](x: T): string = "float"
proc kind(x: string): string = "string"
proc kind[T: object](x: T): string = "object"
proc kind[T: enum](x: T): string = "enum"
proc kind[T](x: seq[T]): string = "seq of " & kind(x[0])
proc kind[T: tuple](x: T): string = "tuple"
type
  O = object
  E = enum ea
echo kind(1), " ", kind(1'u8), " ", kind(1.5'f32), " ", kind("s")
echo kind(O()), " ", kind(ea), " ", kind(@[1.5]), " ", kind((1, 2))
proc num(x: int | float): string = $x & "n"
echo num(1), " ", num(1.5)
type Number = int | float
proc twice[T: Number](x: T): T = x + x
echo twice(3), " ", twice(1.5)
proc ordinal[T: Ordinal](x: T): int = ord(x)
echo ordinal('a'), " ", ordinal(ea), " ", ordinal(true)
