# Floats from text.

proc cStrtod(text: cstring, stop: pointer): cdouble {.importc: "strtod", noSideEffect.}

func lower(c: char): char = (if c in {'A'..'Z'}: chr(ord(c) + 32) else: c)

func nimParseBiggestFloat*(s: string, number: var BiggestFloat, start = 0): int =
  ## What `parseBiggestFloat` of `std/parseutils` does. Reads a float, or `inf` or `nan` in any case.
  const
    digits = {'0'..'9'}
    words = {'a'..'z', 'A'..'Z', '0'..'9', '_'}
  var i = start
  var sign = 1.0
  if i < s.len and s[i] in {'+', '-'}:
    if s[i] == '-': sign = -1.0
    inc i
  if i + 2 < s.len and s[i] in {'n', 'N', 'i', 'I'}:
    # Not the beginning of a word.
    let special = lower(s[i]) & lower(s[i + 1]) & lower(s[i + 2])
    if (special == "nan" or special == "inf") and (i + 3 >= s.len or s[i + 3] notin words):
      number = if special == "nan": NaN else: sign * Inf
      return i + 3 - start
    return 0
  var text = if sign < 0: "-" else: ""
  var count = 0
  template takeDigits() =
    while i < s.len and s[i] in digits:
      text.add(s[i])
      inc count
      inc i
      while i < s.len and s[i] == '_': inc i
  takeDigits()
  if i < s.len and s[i] == '.':
    text.add('.')
    inc i
    takeDigits()
  if count == 0: return 0
  if i + 1 < s.len and s[i] in {'e', 'E'} and
      (s[i + 1] in digits or i + 2 < s.len and s[i + 1] in {'+', '-'} and s[i + 2] in digits):
    text.add('e')
    inc i
    if s[i] in {'+', '-'}:
      text.add(s[i])
      inc i
    takeDigits()
  number = cStrtod(cstring(text), nil)
  i - start

