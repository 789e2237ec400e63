discard """
  output: '''
int 1, string of 3, seq of 2, array
ref, float, other
true false true true true
true true true
'''
"""
# `is` and `when` inside of generics.
proc describe[T](x: T): string =
  when T is int: "int " & $x
  elif T is string: "string of " & $x.len
  elif T is seq: "seq of " & $x.len
  elif T is array: "array"
  elif T is ref: "ref"
  elif T is SomeFloat: "float"
  else: "other"
echo describe(1), ", ", describe("abc"), ", ", describe(@[1, 2]), ", ", describe([1])
echo describe(new(int)), ", ", describe(1.5'f32), ", ", describe('c')
echo 1 is int, " ", 1 is float, " ", "s" is string, " ", @[1] is seq[int], " ", 1'u8 is SomeUnsignedInt
echo int is SomeInteger, " ", (1, 2) is tuple, " ", 1 isnot string
