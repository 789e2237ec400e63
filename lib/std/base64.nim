## Bytes as text in 64 characters, and back.

const
  plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  urlSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

proc encode*[T: SomeInteger | char](s: openArray[T], safe = false): string =
  ## The bytes as text, filled up with `=`. With `safe` in characters that a URL takes.
  let letters = if safe: urlSafe else: plain
  result = newString((s.len + 2) div 3 * 4)
  var i, at = 0
  while i < s.len:
    let count = min(3, s.len - i)
    var bits = 0
    for k in 0 .. 2: bits = bits shl 8 or (if k < count: int(s[i + k]) and 0xFF else: 0)
    for k in 0 .. 3:
      result[at + k] = if k <= count: letters[bits shr (18 - 6 * k) and 63] else: '='
    i += 3
    at += 4

proc encode*(s: string, safe = false): string = encode(s.toOpenArray(0, s.high), safe)
  ## The string's bytes as text.

proc encodeMime*(s: string, lineLen = 75.Positive, newLine = "\r\n", safe = false): string =
  ## As `encode`, on lines.
  let text = encode(s, safe)
  var i = 0
  while i < text.len:
    if i > 0: result.add(newLine)
    result.add(substr(text, i, min(i + int(lineLen), text.len) - 1))
    i += int(lineLen)

proc valueOf(c: char): int =
  case c
  of 'A'..'Z': ord(c) - ord('A')
  of 'a'..'z': ord(c) - ord('a') + 26
  of '0'..'9': ord(c) - ord('0') + 52
  of '+', '-': 62
  of '/', '_': 63
  else: -1

proc decode*(s: string): string =
  ## The bytes of the text, of both kinds. White space is skipped, `=` ends it. ValueError for other characters.
  result = newStringOfCap(s.len div 4 * 3 + 3)
  var bits, count = 0
  var last = s.len
  while last > 0 and s[last - 1] in {'=', '\n', '\r', ' '}: dec last
  for i in 0 ..< last:
    if s[i] in {'\n', '\r', ' '}: continue
    let value = valueOf(s[i])
    if value < 0: raise newException(ValueError, "Invalid base64 format character `" & s[i] & "` (ord " & $ord(s[i]) & ") at location " & $i & ".")
    bits = bits shl 6 or value
    inc count
    if count == 4:
      result.add(char(bits shr 16 and 0xFF))
      result.add(char(bits shr 8 and 0xFF))
      result.add(char(bits and 0xFF))
      bits = 0
      count = 0
  if count == 2: result.add(char(bits shr 4 and 0xFF))
  elif count == 3:
    result.add(char(bits shr 10 and 0xFF))
    result.add(char(bits shr 2 and 0xFF))

proc initDecodeTable*(): array[256, char] =
  ## The value of each character; 255 for those that have none.
  for i in 0 .. 255:
    let value = valueOf(char(i))
    result[i] = if value < 0: '\255' else: char(value)
