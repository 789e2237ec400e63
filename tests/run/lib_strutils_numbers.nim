discard """
  output: '''
42 -1000 7 9223372036854775807 12
1.5 -2000.0 10.25 inf 0.5
255 255 5 15 31 AB
truefalse 00000000000000FF FF FF 00000101 010 4142
green deepBlue red
invalid integer: 
invalid integer: abc
invalid integer: 12x
invalid integer: 1.5
Parsed integer outside of valid range
invalid integer: --1
invalid float: 
invalid float: x
invalid float: 1.5x
invalid float: 1e
Invalid enum value: nope
cannot interpret as a bool: maybe
'''
"""
import std/strutils
echo parseInt("42"), " ", parseInt("-1_000"), " ", parseInt("+7"), " ", parseBiggestInt("9223372036854775807"), " ", parseUInt("12")
echo parseFloat("1.5"), " ", parseFloat("-2e3"), " ", parseFloat("1_0.25"), " ", parseFloat("inf"), " ", parseFloat(".5")
echo parseHexInt("0xFF"), " ", parseHexInt("ff"), " ", parseBinInt("0b101"), " ", parseOctInt("0o17"), " ", fromHex[uint8]("1F"), " ", parseHexStr("4142")
echo parseBool("yes"), parseBool("off"), " ", toHex(255), " ", toHex(255, 2), " ", toHex(-1'i8), " ", toBin(5, 8), " ", toOct(8, 3), " ", "AB".toHex
type Color = enum red, green, deepBlue
echo parseEnum[Color]("green"), " ", parseEnum[Color]("deep_blue"), " ", parseEnum("nope", red)
for bad in ["", "abc", "12x", "1.5", "9223372036854775808", "--1"]:
  try: echo parseInt(bad)
  except ValueError as e: echo e.msg
for bad in ["", "x", "1.5x", "1e"]:
  try: echo parseFloat(bad)
  except ValueError as e: echo e.msg
try: echo parseEnum[Color]("nope")
except ValueError as e: echo e.msg
try: echo parseBool("maybe")
except ValueError as e: echo e.msg
