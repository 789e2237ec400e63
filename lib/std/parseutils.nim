## Parts of strings: each proc reads something from `start` on and gives the number of bytes that it took, 0 when there is
## nothing of the kind.

const
  Whitespace = {' ', '\t', '\v', '\r', '\l', '\f'}
  IdentChars = {'a'..'z', 'A'..'Z', '0'..'9', '_'}
  IdentStartChars = {'a'..'z', 'A'..'Z', '_'}
  Digits = {'0'..'9'}

func digitOf(c: char): int =
  case c
  of '0'..'9': ord(c) - ord('0')
  of 'a'..'f': ord(c) - ord('a') + 10
  of 'A'..'F': ord(c) - ord('A') + 10
  else: 99

func parsePowerOfTwo[T: SomeInteger](s: string, number: var T, start, maxLen, bits: int, prefix: set[char]): int =
  # Digits of a base that is a power of two; bits that do not fit get lost at the top.
  var i = start
  let last = min(s.len, if maxLen == 0: s.len else: i + maxLen)
  var value = T(0)
  var found = false
  if bits == 4 and i < last and s[i] == '#': inc i
  elif i + 1 < last and s[i] == '0' and s[i + 1] in prefix: i += 2
  while i < last:
    if s[i] != '_':
      let d = digitOf(s[i])
      if d >= 1 shl bits: break
      value = value shl bits or T(d)
      found = true
    inc i
  if found:
    number = value
    result = i - start

func parseBin*[T: SomeInteger](s: string, number: var T, start = 0, maxLen = 0): int =
  ## A binary number, with `0b` and underscores if there are.
  parsePowerOfTwo(s, number, start, maxLen, 1, {'b', 'B'})

func parseOct*[T: SomeInteger](s: string, number: var T, start = 0, maxLen = 0): int =
  ## An octal number, with `0o` and underscores if there are.
  parsePowerOfTwo(s, number, start, maxLen, 3, {'o', 'O'})

func parseHex*[T: SomeInteger](s: string, number: var T, start = 0, maxLen = 0): int =
  ## A hexadecimal number, with `0x` or `#` and underscores if there are.
  parsePowerOfTwo(s, number, start, maxLen, 4, {'x', 'X'})

func cut(s: string, token: var string, start, length: int) = token = substr(s, start, start + length - 1)

func parseIdent*(s: string, ident: var string, start = 0): int =
  ## An identifier.
  var i = start
  if i < s.len and s[i] in IdentStartChars:
    inc i
    while i < s.len and s[i] in IdentChars: inc i
    ident = substr(s, start, i - 1)
    result = i - start

func parseIdent*(s: string, start = 0): string =
  ## The identifier at `start`, or an empty string.
  discard parseIdent(s, result, start)

func parseChar*(s: string, c: var char, start = 0): int =
  ## One character.
  if start < s.len:
    c = s[start]
    result = 1

func skipWhile*(s: string, toSkip: set[char], start = 0): int =
  ## All characters of the set.
  while start + result < s.len and s[start + result] in toSkip: inc result

func skipWhitespace*(s: string, start = 0): int = skipWhile(s, Whitespace, start)
  ## White space.

func skip*(s, token: string, start = 0): int =
  ## The token.
  while result < token.len and start + result < s.len and s[start + result] == token[result]: inc result
  if result != token.len: result = 0

func toLower(c: char): char = (if c in {'A'..'Z'}: chr(ord(c) + 32) else: c)

func skipIgnoreCase*(s, token: string, start = 0): int =
  ## The token, in any case.
  while result < token.len and start + result < s.len and toLower(s[start + result]) == toLower(token[result]): inc result
  if result != token.len: result = 0

func skipUntil*(s: string, until: set[char], start = 0): int =
  ## All before a character of the set.
  while start + result < s.len and s[start + result] notin until: inc result

func skipUntil*(s: string, until: char, start = 0): int =
  ## All before the character.
  while start + result < s.len and s[start + result] != until: inc result

func parseUntil*(s: string, token: var string, until: set[char], start = 0): int =
  ## All before a character of the set.
  result = skipUntil(s, until, start)
  cut(s, token, start, result)

func parseUntil*(s: string, token: var string, until: char, start = 0): int =
  ## All before the character.
  result = skipUntil(s, until, start)
  cut(s, token, start, result)

func parseUntil*(s: string, token: var string, until: string, start = 0): int =
  ## All before the string, or to the end.
  while start + result < s.len and (until.len == 0 or skip(s, until, start + result) == 0): inc result
  cut(s, token, start, result)

func parseWhile*(s: string, token: var string, validChars: set[char], start = 0): int =
  ## All characters of the set.
  result = skipWhile(s, validChars, start)
  cut(s, token, start, result)

func captureBetween*(s: string, first: char, second = '\0', start = 0): string =
  ## What stands between `first` and `second` (or `first` again).
  let i = start + skipUntil(s, first, start) + 1
  discard parseUntil(s, result, (if second == '\0': first else: second), i)

func outOfRange() = raise newException(ValueError, "Parsed integer outside of valid range")

func parseBiggestInt*(s: string, number: var BiggestInt, start = 0): int =
  ## A decimal number with a sign or without; underscores may stand between digits. ValueError when it is too large.
  var i = start
  var negative = false
  if i < s.len and s[i] in {'+', '-'}:
    negative = s[i] == '-'
    inc i
  if i >= s.len or s[i] notin Digits: return 0
  # Counted down: the lowest number has no positive counterpart.
  var value: BiggestInt = 0
  while i < s.len and s[i] in Digits:
    let d = ord(s[i]) - ord('0')
    if value < (low(BiggestInt) + d) div 10: outOfRange()
    value = value * 10 - d
    inc i
    while i < s.len and s[i] == '_': inc i
  if not negative:
    if value == low(BiggestInt): outOfRange()
    value = -value
  number = value
  i - start

func parseInt*(s: string, number: var int, start = 0): int =
  ## As `parseBiggestInt`.
  var value: BiggestInt
  result = parseBiggestInt(s, value, start)
  if result != 0: number = int(value)

func parseSaturatedNatural*(s: string, b: var int, start = 0): int =
  ## A number without a minus; the highest one when it is too large.
  var i = start
  if i < s.len and s[i] == '+': inc i
  if i >= s.len or s[i] notin Digits: return 0
  b = 0
  while i < s.len and s[i] in Digits:
    let d = ord(s[i]) - ord('0')
    b = if b <= (high(int) - d) div 10: b * 10 + d else: high(int)
    inc i
    while i < s.len and s[i] == '_': inc i
  i - start

func parseBiggestUInt*(s: string, number: var BiggestUInt, start = 0): int =
  ## A decimal number without a sign. ValueError when it is negative or too large.
  var i = start
  if i < s.len - 1 and s[i] == '-' and s[i + 1] in Digits: outOfRange()
  if i < s.len and s[i] == '+': inc i
  if i >= s.len or s[i] notin Digits: return 0
  var value: BiggestUInt = 0
  while i < s.len and s[i] in Digits:
    let d = BiggestUInt(ord(s[i]) - ord('0'))
    if value > (high(BiggestUInt) - d) div 10'u64: outOfRange()
    value = value * 10'u64 + d
    inc i
    while i < s.len and s[i] == '_': inc i
  number = value
  i - start

func parseUInt*(s: string, number: var uint, start = 0): int =
  ## As `parseBiggestUInt`.
  var value: BiggestUInt
  result = parseBiggestUInt(s, value, start)
  if result != 0: number = uint(value)

func parseBiggestFloat*(s: string, number: var BiggestFloat, start = 0): int =
  ## A float, or `inf` or `nan` in any case.
  nimParseBiggestFloat(s, number, start)

func parseFloat*(s: string, number: var float, start = 0): int =
  ## As `parseBiggestFloat`.
  var value: BiggestFloat
  result = parseBiggestFloat(s, value, start)
  if result != 0: number = value

type InterpolatedKind* = enum
  ## What a part of a text with `$` in it is.
  ikStr ## Text.
  ikDollar ## `$$`
  ikVar ## `$name`
  ikExpr ## `${expression}`

iterator interpolatedFragments*(s: string): tuple[kind: InterpolatedKind, value: string] =
  ## The parts of a text with `$` in it. ValueError when one is not complete.
  var i = 0
  while i < s.len:
    let start = i
    if s[i] != '$':
      while i < s.len and s[i] != '$': inc i
      yield (ikStr, substr(s, start, i - 1))
    elif i + 1 < s.len and s[i + 1] == '{':
      i += 2
      var nesting = 0
      while i < s.len and (s[i] != '}' or nesting > 0):
        if s[i] == '{': inc nesting
        elif s[i] == '}': dec nesting
        inc i
      if i >= s.len: raise newException(ValueError, "Expected closing '}': " & substr(s, start, s.high))
      inc i
      yield (ikExpr, substr(s, start + 2, i - 2))
    elif i + 1 < s.len and s[i + 1] in IdentStartChars:
      i += 2
      while i < s.len and s[i] in IdentChars: inc i
      yield (ikVar, substr(s, start + 1, i - 1))
    elif i + 1 < s.len and s[i + 1] == '$':
      i += 2
      yield (ikDollar, "$")
    else: raise newException(ValueError, "Unable to parse a variable name at " & substr(s, i, s.high))

func scaleOf(c: char): int =
  # Which power of thousand a letter stands for.
  case c
  of 'k', 'K': 1
  of 'm', 'M': 2
  of 'g', 'G': 3
  of 't', 'T': 4
  of 'p', 'P': 5
  of 'e', 'E': 6
  of 'z', 'Z': 7
  of 'y', 'Y': 8
  else: 0

func parseSize*(s: string, size: var int64, alwaysBin = false): int =
  ## Reads a size as people write it: `1.5k`, `2 MiB`, `3GB`. With an `i`, or if `alwaysBin` is set, a step is 1024, else 1000. What
  ## is too large is the greatest number.
  var number: float
  result = parseFloat(s, number)
  if result == 0: return
  var at = result + skipWhitespace(s, result)
  let scale = if at < s.len: scaleOf(s[at]) else: 0
  var step = if alwaysBin: 1024.0 else: 1000.0
  if scale > 0:
    inc at
    if at < s.len and s[at] == 'i':
      step = 1024.0
      inc at
    result = at
  if at < s.len and s[at] in {'B', 'b'}: result = at + 1
  for _ in 1 .. scale: number *= step
  size = if number >= 9223372036854775807.0: high(int64) else: int64(number + 0.5)

include private/parseparts
