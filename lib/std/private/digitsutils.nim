## The decimal digits of integers.

from std/system import addInt
export addInt

func digit(value: uint32): char = char(ord('0') + int(value))

proc utoa2Digits*(buf: var openArray[char]; pos: int; digits: uint32) {.inline.} =
  ## Writes a number below 100 as two digits.
  buf[pos] = digit(digits div 10)
  buf[pos + 1] = digit(digits mod 10)

proc trailingZeros2Digits*(digits: uint32): int32 {.inline.} =
  ## How many zeros a number below 100 ends with, written as two digits.
  if digits == 0: 2
  elif digits mod 10 == 0: 1
  else: 0
