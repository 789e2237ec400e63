## Hexadecimal digits and percent-encoding.

proc handleHexChar*(c: char, x: var int): bool {.inline.} =
  ## Puts a digit behind those of `x`. False, and `x` as it was, when `c` is none.
  let digit =
    case c
    of '0'..'9': ord(c) - ord('0')
    of 'a'..'f': ord(c) - ord('a') + 10
    of 'A'..'F': ord(c) - ord('A') + 10
    else: return false
  x = (x shl 4) or digit
  result = true

proc handleHexChar*(c: char): int {.inline.} =
  ## The value of a digit; 0 for what is none.
  discard handleHexChar(c, result)

proc decodePercent*(s: openArray[char], i: var int): char =
  ## The character that the escape at `i` stands for, with `i` on its last digit; the percent sign where it is none.
  result = '%'
  var code = 0
  if i + 2 < s.len and handleHexChar(s[i + 1], code) and handleHexChar(s[i + 2], code):
    result = chr(code)
    i += 2
