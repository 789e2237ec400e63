discard """
  output: '''
0x000000FF + 0b00000000000000000000000000000101 + 0o000000000017 - 1000
0x1F'i8 0xFFFF'u16 0b00000001'u8 0o000007'i16
0x0000000100000000'i64 0xFFFFFFFFFFFFFFFF'u64
0x0000001F + y IntLit 31
0x0000001F + 0x00000002
0x00000011
0 3, 1 3, 1 2, 2 4, 2 3, 2 5
'''
"""
# Literals are shown in the base that they are written in, with all the digits of their type.
import std/macros
echo astToStr(0xFF + 0b101 + 0o17 - 1_000)
echo astToStr(0x1F'i8), " ", astToStr(0xFFFF'u16), " ", astToStr(0b1'u8), " ", astToStr(0o7'i16)
echo astToStr(0x1_0000_0000), " ", astToStr(0xFFFF_FFFF_FFFF_FFFF'u64)
macro shown(x: untyped): string = newLit(x.repr & " " & x[1].treeRepr)
echo shown(0x1F + y)
macro kept(x: untyped): untyped =
  let copied = x.copyNimTree
  quote do: astToStr(`copied` + 0x2)
echo kept(0x1F)
macro counted(x: untyped): untyped =
  x.intVal = 17
  newLit(x.repr)
echo counted(0x1F)
# What stands behind varargs takes the last arguments, also what has a default value.
proc joined(parts: varargs[int], last = 3): string = $parts.len & " " & $last
echo joined(), ", ", joined(1), ", ", joined(1, 2), ", ", joined(1, 2, 4), ", ", joined([1, 2]), ", ", joined(1, 2, last = 5)
