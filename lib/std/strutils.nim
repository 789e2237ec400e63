## Strings: searching, splitting, joining, stripping, padding, numbers to and from text, formatting.
##
## Procs with `Ascii` in their name change or look at ASCII letters only; all others work on bytes.

from std/unicode import toLower, toUpper
export toLower, toUpper

const
  Whitespace* = {' ', '\t', '\v', '\r', '\l', '\f'} ## What separates words.
  Letters* = {'A'..'Z', 'a'..'z'} ## ASCII letters.
  UppercaseLetters* = {'A'..'Z'}
  LowercaseLetters* = {'a'..'z'}
  Digits* = {'0'..'9'}
  HexDigits* = {'0'..'9', 'A'..'F', 'a'..'f'}
  PunctuationChars* = {'!'..'/', ':'..'@', '['..'`', '{'..'~'}
  IdentChars* = {'a'..'z', 'A'..'Z', '0'..'9', '_'} ## What an identifier consists of.
  IdentStartChars* = {'a'..'z', 'A'..'Z', '_'} ## What an identifier begins with.
  Newlines* = {'\13', '\10'}
  PrintableChars* = {' '..'~', '\t', '\v', '\r', '\l', '\f'}
  AllChars* = {'\x00'..'\xFF'} ## Every char; `AllChars - s` is what a set is without.

type
  FloatFormatMode* = enum
    ## How a float is written.
    ffDefault, ## The shorter of the two others.
    ffDecimal, ## With a decimal point.
    ffScientific ## With an exponent.
  BinaryPrefixMode* = enum
    ## The names of units for `formatSize`.
    bpIEC, ## KiB, MiB, …
    bpColloquial ## kB, MB, …

proc cSnprintf(buf: pointer, n: csize_t, frmt: cstring): cint {.importc: "snprintf", varargs, cdecl, noSideEffect.}
proc cStrtod(s: cstring, rest: pointer): cdouble {.importc: "strtod", cdecl, noSideEffect.}

# Chars

func isAlphaAscii*(c: char): bool = c in Letters
func isAlphaNumeric*(c: char): bool = c in Letters or c in Digits
func isDigit*(c: char): bool = c in Digits
func isSpaceAscii*(c: char): bool = c in Whitespace
func isLowerAscii*(c: char): bool = c in LowercaseLetters
func isUpperAscii*(c: char): bool = c in UppercaseLetters

func toLowerAscii*(c: char): char =
  if c in UppercaseLetters: char(ord(c) + 32) else: c

func toUpperAscii*(c: char): char =
  if c in LowercaseLetters: char(ord(c) - 32) else: c

func toLowerAscii*(s: string): string =
  result = newString(s.len)
  for i in 0 ..< s.len: result[i] = toLowerAscii(s[i])

func toUpperAscii*(s: string): string =
  result = newString(s.len)
  for i in 0 ..< s.len: result[i] = toUpperAscii(s[i])

func capitalizeAscii*(s: string): string =
  ## `s` with its first letter in upper case.
  result = s
  if s.len > 0: result[0] = toUpperAscii(s[0])

func allCharsInSet*(s: string, theSet: set[char]): bool =
  ## Is every char of `s` in the set? True for an empty string.
  for c in s:
    if c notin theSet: return false
  true

func isEmptyOrWhitespace*(s: string): bool =
  ## Is there nothing but whitespace in `s`?
  allCharsInSet(s, Whitespace)

func normalize*(s: string): string =
  ## `s` in lower case and without underscores.
  for c in s:
    if c != '_': result.add(toLowerAscii(c))

func nimIdentNormalize*(s: string): string =
  ## An identifier in the form in which equal ones are equal: lower case after the first letter, no underscores.
  if s.len == 0: return ""
  result.add(s[0])
  for i in 1 ..< s.len:
    if s[i] != '_': result.add(toLowerAscii(s[i]))

func validIdentifier*(s: string): bool =
  ## Is `s` a plain identifier?
  if s.len == 0 or s[0] notin IdentStartChars: return false
  allCharsInSet(s, IdentChars)

func cmpIgnoreCase*(a, b: string): int =
  ## Compares without regard to case: negative, zero or positive.
  let n = min(a.len, b.len)
  for i in 0 ..< n:
    result = ord(toLowerAscii(a[i])) - ord(toLowerAscii(b[i]))
    if result != 0: return
  result = a.len - b.len

func cmpIgnoreStyle*(a, b: string): int =
  ## Compares without regard to case and underscores.
  var i = 0
  var j = 0
  while true:
    while i < a.len and a[i] == '_': inc i
    while j < b.len and b[j] == '_': inc j
    let x = if i < a.len: toLowerAscii(a[i]) else: '\0'
    let y = if j < b.len: toLowerAscii(b[j]) else: '\0'
    result = ord(x) - ord(y)
    if result != 0: return
    if i >= a.len or j >= b.len: return ord(i < a.len) - ord(j < b.len)
    inc i
    inc j

# Searching

func matchesAt(s, sub: string, at: int): bool =
  if at < 0 or at + sub.len > s.len: return false
  for i in 0 ..< sub.len:
    if s[at + i] != sub[i]: return false
  true

func startsWith*(s: string, prefix: char): bool = s.len > 0 and s[0] == prefix
func startsWith*(s, prefix: string): bool = matchesAt(s, prefix, 0)
func endsWith*(s: string, suffix: char): bool = s.len > 0 and s[s.len - 1] == suffix
func endsWith*(s, suffix: string): bool = matchesAt(s, suffix, s.len - suffix.len)

func continuesWith*(s, substr: string, start: Natural): bool =
  ## Does `substr` stand in `s` at `start`?
  substr.len == 0 or matchesAt(s, substr, start)

func find*(s: string, sub: char, start: Natural = 0, last = -1): int =
  ## Where `sub` first stands in `s[start .. last]`, or -1.
  let stop = if last < 0: s.high else: min(last, s.high)
  for i in int(start) .. stop:
    if s[i] == sub: return i
  -1

func find*(s: string, chars: set[char], start: Natural = 0, last = -1): int =
  ## Where a char of the set first stands, or -1.
  let stop = if last < 0: s.high else: min(last, s.high)
  for i in int(start) .. stop:
    if s[i] in chars: return i
  -1

func find*(s, sub: string, start: Natural = 0, last = -1): int =
  ## Where `sub` first stands in `s[start .. last]`, or -1.
  let stop = if last < 0: s.high else: min(last, s.high)
  if sub.len == 0:
    if start > s.len: return -1
    return start
  for i in int(start) .. stop - sub.len + 1:
    if s[i] == sub[0] and matchesAt(s, sub, i): return i
  -1

func rfind*(s: string, sub: char, start: Natural = 0, last = -1): int =
  ## Where `sub` last stands in `s[start .. last]`, or -1.
  let stop = if last < 0: s.high else: min(last, s.high)
  for i in countdown(stop, int(start)):
    if s[i] == sub: return i
  -1

func rfind*(s: string, chars: set[char], start: Natural = 0, last = -1): int =
  ## Where a char of the set last stands, or -1.
  let stop = if last < 0: s.high else: min(last, s.high)
  for i in countdown(stop, int(start)):
    if s[i] in chars: return i
  -1

func rfind*(s, sub: string, start: Natural = 0, last = -1): int =
  ## Where `sub` last stands in `s[start .. last]`, or -1.
  if sub.len == 0:
    let at = if last < 0: s.len else: last
    return max(int(start), at)
  let stop = if last < 0: s.high else: min(last, s.high)
  for i in countdown(stop - sub.len + 1, int(start)):
    if matchesAt(s, sub, i): return i
  -1

func contains*(s, sub: string): bool = find(s, sub) >= 0
func contains*(s: string, chars: set[char]): bool = find(s, chars) >= 0

func count*(s: string, sub: char): int =
  ## How often `sub` stands in `s`.
  for c in s:
    if c == sub: inc result

func count*(s: string, subs: set[char]): int =
  ## How many chars of `s` are in the set.
  for c in s:
    if c in subs: inc result

func count*(s, sub: string, overlapping: bool = false): int =
  ## How often `sub` stands in `s`.
  doAssert sub.len > 0
  var i = 0
  while true:
    i = s.find(sub, i)
    if i < 0: break
    if overlapping: inc i
    else: i += sub.len
    inc result

func countLines*(s: string): int =
  ## The number of lines: one more than there are line ends.
  result = 1
  var i = 0
  while i < s.len:
    case s[i]
    of '\c':
      if i + 1 < s.len and s[i + 1] == '\l': inc i
      inc result
    of '\l': inc result
    else: discard
    inc i

func abbrev*(s: string, possibilities: openArray[string]): int =
  ## The index of the one that begins with `s`; -1 when none does, -2 when several do.
  result = -1
  for i in 0 ..< possibilities.len:
    if possibilities[i].startsWith(s):
      if possibilities[i] == s: return i
      if result >= 0: return -2
      result = i

# Splitting

iterator split*(s: string, sep: char, maxsplit: int = -1): string =
  ## The parts of `s` between separators; with `maxsplit`, at most so many separators are used.
  var first = 0
  var left = maxsplit
  while first <= s.len:
    var stop = first
    while stop < s.len and s[stop] != sep: inc stop
    if left == 0: stop = s.len
    yield substr(s, first, stop - 1)
    if left == 0: break
    dec left
    first = stop + 1

iterator split*(s: string, seps: set[char] = Whitespace, maxsplit: int = -1): string =
  ## As above; each char of the set separates.
  var first = 0
  var left = maxsplit
  while first <= s.len:
    var stop = first
    while stop < s.len and s[stop] notin seps: inc stop
    if left == 0: stop = s.len
    yield substr(s, first, stop - 1)
    if left == 0: break
    dec left
    first = stop + 1

iterator split*(s: string, sep: string, maxsplit: int = -1): string =
  ## As above; `sep` as a whole separates. An empty one does not.
  var first = 0
  var left = maxsplit
  while first <= s.len:
    var stop = s.len
    if left != 0 and sep.len > 0:
      let at = find(s, sep, first)
      if at >= 0: stop = at
    yield substr(s, first, stop - 1)
    if left == 0 or sep.len == 0: break
    dec left
    first = stop + sep.len
    if stop == s.len: break

func split*(s: string, sep: char, maxsplit: int = -1): seq[string] =
  for part in split(s, sep, maxsplit): result.add(part)

func split*(s: string, seps: set[char] = Whitespace, maxsplit: int = -1): seq[string] =
  for part in split(s, seps, maxsplit): result.add(part)

func split*(s: string, sep: string, maxsplit: int = -1): seq[string] =
  doAssert sep.len > 0
  for part in split(s, sep, maxsplit): result.add(part)

iterator rsplit*(s: string, sep: char, maxsplit: int = -1): string =
  ## The parts of `s` from the last to the first.
  var last = s.len - 1
  var left = maxsplit
  while last >= -1:
    var first = last
    while first >= 0 and s[first] != sep: dec first
    if left == 0: first = -1
    yield substr(s, first + 1, last)
    if left == 0: break
    dec left
    last = first - 1
    if first < 0: break

iterator rsplit*(s: string, seps: set[char] = Whitespace, maxsplit: int = -1): string =
  var last = s.len - 1
  var left = maxsplit
  while last >= -1:
    var first = last
    while first >= 0 and s[first] notin seps: dec first
    if left == 0: first = -1
    yield substr(s, first + 1, last)
    if left == 0: break
    dec left
    last = first - 1
    if first < 0: break

iterator rsplit*(s: string, sep: string, maxsplit: int = -1): string =
  var last = s.len - 1
  var left = maxsplit
  while true:
    var first = -1
    if left != 0 and sep.len > 0 and last >= 0: first = rfind(s, sep, 0, last)
    if first < 0:
      yield substr(s, 0, last)
      break
    yield substr(s, first + sep.len, last)
    dec left
    last = first - 1

func backToFront(parts: var seq[string]) =
  var i = 0
  var j = parts.len - 1
  while i < j:
    swap(parts[i], parts[j])
    inc i
    dec j

func rsplit*(s: string, sep: char, maxsplit: int = -1): seq[string] =
  ## Splits from the right, so that `maxsplit` keeps the left together; the parts come in the order of `s`.
  for part in rsplit(s, sep, maxsplit): result.add(part)
  backToFront(result)

func rsplit*(s: string, seps: set[char] = Whitespace, maxsplit: int = -1): seq[string] =
  for part in rsplit(s, seps, maxsplit): result.add(part)
  backToFront(result)

func rsplit*(s: string, sep: string, maxsplit: int = -1): seq[string] =
  for part in rsplit(s, sep, maxsplit): result.add(part)
  backToFront(result)

iterator splitLines*(s: string, keepEol = false): string =
  ## The lines of `s`, ended by LF, CR or CR LF. After a last line end comes an empty line.
  var first = 0
  while true:
    var stop = first
    while stop < s.len and s[stop] notin Newlines: inc stop
    var next = stop
    if next < s.len:
      if s[next] == '\c' and next + 1 < s.len and s[next + 1] == '\l': inc next
      inc next
    yield substr(s, first, (if keepEol: next else: stop) - 1)
    if next == stop: break
    first = next

func splitLines*(s: string, keepEol = false): seq[string] =
  for line in splitLines(s, keepEol): result.add(line)

iterator splitWhitespace*(s: string, maxsplit: int = -1): string =
  ## The words of `s`: what stands between runs of whitespace. With `maxsplit`, the rest comes as it is.
  var first = 0
  var left = maxsplit
  while first < s.len:
    while first < s.len and s[first] in Whitespace: inc first
    if first >= s.len: break
    var stop = first
    if left == 0: stop = s.len
    else:
      while stop < s.len and s[stop] notin Whitespace: inc stop
    yield substr(s, first, stop - 1)
    dec left
    first = stop

func splitWhitespace*(s: string, maxsplit: int = -1): seq[string] =
  for word in splitWhitespace(s, maxsplit): result.add(word)

iterator tokenize*(s: string, seps: set[char] = Whitespace): tuple[token: string, isSep: bool] =
  ## Runs of separators and of other chars in turn.
  var first = 0
  while first < s.len:
    let isSep = s[first] in seps
    var stop = first + 1
    while stop < s.len and (s[stop] in seps) == isSep: inc stop
    yield (token: substr(s, first, stop - 1), isSep: isSep)
    first = stop

# Joining and cutting

func join*(a: openArray[string], sep: string = ""): string =
  ## All of `a`, with `sep` between.
  for i in 0 ..< a.len:
    if i > 0: result.add(sep)
    result.add(a[i])

proc join*[T: not string](a: openArray[T], sep: string = ""): string =
  ## All of `a` as `$` writes them, with `sep` between.
  for i in 0 ..< a.len:
    if i > 0: result.add(sep)
    result.add($a[i])

func addSep*(dest: var string, sep = ", ", startLen: Natural = 0) =
  ## Adds a separator if there is something before it.
  if dest.len > startLen: dest.add(sep)

func strip*(s: string, leading = true, trailing = true, chars: set[char] = Whitespace): string =
  ## `s` without the chars of the set at its ends.
  var first = 0
  var last = s.len - 1
  if leading:
    while first <= last and s[first] in chars: inc first
  if trailing:
    while last >= first and s[last] in chars: dec last
  substr(s, first, last)

func stripLineEnd*(s: var string) =
  ## Takes one line end off the end.
  if s.len == 0: return
  case s[s.len - 1]
  of '\n':
    if s.len > 1 and s[s.len - 2] == '\r': s.setLen(s.len - 2)
    else: s.setLen(s.len - 1)
  of '\r', '\v', '\f': s.setLen(s.len - 1)
  else: discard

func removePrefix*(s: var string, chars: set[char] = Newlines) =
  ## Takes chars of the set off the beginning.
  var n = 0
  while n < s.len and s[n] in chars: inc n
  if n > 0: s = substr(s, n)

func removePrefix*(s: var string, c: char) = removePrefix(s, {c})

func removePrefix*(s: var string, prefix: string) =
  ## Takes `prefix` off once.
  if prefix.len > 0 and s.startsWith(prefix): s = substr(s, prefix.len)

func removeSuffix*(s: var string, chars: set[char] = Newlines) =
  ## Takes chars of the set off the end.
  var n = s.len
  while n > 0 and s[n - 1] in chars: dec n
  s.setLen(n)

func removeSuffix*(s: var string, c: char) = removeSuffix(s, {c})

func removeSuffix*(s: var string, suffix: string) =
  ## Takes `suffix` off once.
  if s.endsWith(suffix): s.setLen(s.len - suffix.len)

func delete*(s: var string, slice: Slice[int]) =
  ## Takes the chars of the slice out. Raises IndexDefect when it is not within `s`.
  let a = slice.a
  let b = slice.b
  if a < 0 or b >= s.len or a >= s.len:
    raise newException(IndexDefect, $(slice: a .. b, len: s.len))
  if b < a: return
  let gap = b - a + 1
  for i in b + 1 ..< s.len: s[i - gap] = s[i]
  s.setLen(s.len - gap)

func delete*(s: var string, first, last: int) =
  ## As above; what lies beyond the end is left out.
  if first < s.len: delete(s, first .. min(last, s.high))

# Replacing

func replace*(s, sub: string, by = ""): string =
  ## `s` with every `sub` replaced.
  if sub.len == 0: return s
  var i = 0
  while true:
    let at = find(s, sub, i)
    if at < 0: break
    result.add(substr(s, i, at - 1))
    result.add(by)
    i = at + sub.len
  result.add(substr(s, i))

func replace*(s: string, sub, by: char): string =
  result = newString(s.len)
  for i in 0 ..< s.len: result[i] = if s[i] == sub: by else: s[i]

func replaceWord*(s, sub: string, by = ""): string =
  ## `s` with `sub` replaced where it is a word by itself.
  if sub.len == 0: return s
  const wordChars = {'a'..'z', 'A'..'Z', '0'..'9', '_', '\128'..'\255'}
  var i = 0
  while true:
    let at = find(s, sub, i)
    if at < 0: break
    let stop = at + sub.len
    if (at == 0 or s[at - 1] notin wordChars) and (stop >= s.len or s[stop] notin wordChars):
      result.add(substr(s, i, at - 1))
      result.add(by)
      i = stop
    else:
      result.add(substr(s, i, at))
      i = at + 1
  result.add(substr(s, i))

func multiReplace*(s: string, replacements: varargs[(string, string)]): string =
  ## `s` with each first replaced by its second, in one pass; the earlier pair wins.
  var i = 0
  while i < s.len:
    var found = false
    for pair in replacements:
      if pair[0].len > 0 and matchesAt(s, pair[0], i):
        result.add(pair[1])
        i += pair[0].len
        found = true
        break
    if not found:
      result.add(s[i])
      inc i

func multiReplace*(s: openArray[char], replacements: varargs[(set[char], char)]): string =
  ## `s` with each character of a set replaced by the one that stands with it; the earlier pair wins.
  result = newString(s.len)
  for i, c in s:
    result[i] = c
    for pair in replacements:
      if c in pair[0]:
        result[i] = pair[1]
        break

# Padding

func repeat*(c: char, count: Natural): string =
  result = newString(count)
  for i in 0 ..< int(count): result[i] = c

func repeat*(s: string, n: Natural): string =
  result = newStringOfCap(n * s.len)
  for _ in 1 .. int(n): result.add(s)

func spaces*(n: Natural): string = repeat(' ', n)

func align*(s: string, count: Natural, padding = ' '): string =
  ## `s` moved to the right of a field of `count` chars.
  if s.len >= count: return s
  repeat(padding, count - s.len) & s

func alignLeft*(s: string, count: Natural, padding = ' '): string =
  ## `s` at the left of a field of `count` chars.
  if s.len >= count: return s
  s & repeat(padding, count - s.len)

func center*(s: string, width: int, fillChar: char = ' '): string =
  ## `s` in the middle of a field of `width` chars.
  if width <= s.len: return s
  let left = (width - s.len) div 2
  repeat(fillChar, left) & s & repeat(fillChar, width - s.len - left)

func indent*(s: string, count: Natural, padding: string = " "): string =
  ## Each line of `s` after `count` paddings.
  var i = 0
  for line in s.splitLines():
    if i > 0: result.add("\n")
    for _ in 1 .. int(count): result.add(padding)
    result.add(line)
    inc i

func unindent*(s: string, count: Natural = int.high, padding: string = " "): string =
  ## Each line of `s` without up to `count` paddings at its beginning.
  var i = 0
  for line in s.splitLines():
    if i > 0: result.add("\n")
    var start = 0
    var n = 0
    while n < count and padding.len > 0 and matchesAt(line, padding, start):
      start += padding.len
      inc n
    result.add(substr(line, start))
    inc i

func indentation*(s: string): Natural =
  ## The indentation that all lines of `s` have, those of whitespace alone not counted.
  var least = -1
  for line in s.splitLines():
    if isEmptyOrWhitespace(line): continue
    var n = 0
    while line[n] == ' ': inc n
    if least < 0 or n < least: least = n
  if least < 0: 0 else: least

func dedent*(s: string, count: Natural = indentation(s)): string =
  ## `s` without the indentation that all its lines have.
  unindent(s, count, " ")

func insertSep*(s: string, sep = '_', digits = 3): string =
  ## A number's text with a separator after each group of digits from the right.
  var first = 0
  while first < s.len and s[first] notin Digits: inc first
  for i in 0 ..< s.len:
    if i > first and (s.len - i) mod digits == 0: result.add(sep)
    result.add(s[i])

func trimZeros*(x: var string; decimalSep = '.') =
  ## Takes zeros off the end of a number's fraction, and the separator when nothing is left of it.
  let point = x.find(decimalSep)
  if point < 0: return
  var stop = x.find({'e', 'E'}, point)
  if stop < 0: stop = x.len
  var last = stop
  while last > point + 1 and x[last - 1] == '0': dec last
  if last == point + 1: last = point
  x = substr(x, 0, last - 1) & substr(x, stop)

# Numbers to text

const hexChars = "0123456789ABCDEF"

func toHexDigits(x: uint64, len: int): string =
  var rest = x
  result = newString(len)
  for i in countdown(len - 1, 0):
    result[i] = hexChars[int(rest and 0xF'u64)]
    rest = rest shr 4

func bitsOf[T: SomeInteger](x: T): uint64 =
  when T is SomeSignedInt: cast[uint64](int64(x))
  else: uint64(x)

func toHex*[T: SomeInteger](x: T, len: Positive): string =
  ## The last `len` hexadecimal digits of `x`; those beyond its size repeat its sign.
  result = toHexDigits(bitsOf(x), len)
  when T is SomeSignedInt:
    if x < T(0):
      for i in 0 ..< len - 16: result[i] = 'F'

func toHex*[T: SomeInteger](x: T): string =
  ## All hexadecimal digits of `x`.
  toHexDigits(bitsOf(x), 2 * sizeof(T))

func toHex*(s: string): string =
  ## The bytes of `s`, two digits each.
  result = newStringOfCap(s.len * 2)
  for c in s:
    result.add(hexChars[ord(c) shr 4])
    result.add(hexChars[ord(c) and 0xF])

func toBin*(x: BiggestInt, len: Positive): string =
  ## The last `len` binary digits of `x`.
  result = newString(len)
  var rest = cast[uint64](x)
  for i in countdown(len - 1, 0):
    result[i] = char(ord('0') + int(rest and 1'u64))
    rest = rest shr 1

func toOctal*(c: char): string =
  ## A character as three octal digits.
  var n = ord(c)
  result = newString(3)
  for i in countdown(2, 0):
    result[i] = chr(n mod 8 + ord('0'))
    n = n div 8

func toOct*(x: BiggestInt, len: Positive): string =
  ## The last `len` octal digits of `x`.
  result = newString(len)
  var rest = cast[uint64](x)
  for i in countdown(len - 1, 0):
    result[i] = char(ord('0') + int(rest and 7'u64))
    rest = rest shr 3

func intToStr*(x: int, minchars: Positive = 1): string =
  ## `x` with at least so many digits, zeros before them.
  result = align($abs(x), minchars, '0')
  if x < 0: result.insert("-")

func formatBiggestFloat*(f: BiggestFloat, format: FloatFormatMode = ffDefault, precision: range[-1..32] = 16,
                         decimalSep = '.'): string =
  ## `f` as text; `precision` is the number of digits after the point (with `ffDefault`, of all digits), -1 for the
  ## shortest that reads well.
  var buf: array[2500, char]
  let p = addr buf[0]
  let size = csize_t(sizeof(buf))
  let digits = cint(precision)
  var n: cint
  if precision >= 0:
    case format
    of ffDefault: n = cSnprintf(p, size, "%#.*g", digits, f)
    of ffDecimal: n = cSnprintf(p, size, "%#.*f", digits, f)
    of ffScientific: n = cSnprintf(p, size, "%#.*e", digits, f)
  else:
    case format
    of ffDefault: n = cSnprintf(p, size, "%g", f)
    of ffDecimal: n = cSnprintf(p, size, "%f", f)
    of ffScientific: n = cSnprintf(p, size, "%e", f)
  result = newString(n)
  for i in 0 ..< int(n):
    result[i] = if buf[i] in {'.', ','}: decimalSep else: buf[i]

func formatFloat*(f: float, format: FloatFormatMode = ffDefault, precision: range[-1..32] = 16,
                  decimalSep = '.'): string =
  ## As `formatBiggestFloat`.
  formatBiggestFloat(f, format, precision, decimalSep)

func formatSize*(bytes: int64, decimalSep = '.', prefix = bpIEC, includeSpace = false): string =
  ## A number of bytes in the largest unit in which it is at least one.
  const
    iec = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
    colloquial = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
  var unit = 0
  var whole = bytes
  var scale = 1'i64
  while whole >= 1024 and unit < 6:
    whole = whole div 1024
    scale = scale * 1024
    inc unit
  result = formatFloat(bytes.float / scale.float, ffDecimal, 3, decimalSep)
  trimZeros(result, decimalSep)
  if includeSpace: result.add(' ')
  result.add(if prefix == bpColloquial: colloquial[unit] else: iec[unit])

# Text to numbers

func digitValue(c: char): int =
  case c
  of '0'..'9': ord(c) - ord('0')
  of 'a'..'f': ord(c) - ord('a') + 10
  of 'A'..'F': ord(c) - ord('A') + 10
  else: 99

func parseBiggestInt*(s: string): BiggestInt =
  ## A decimal integer with an optional sign; underscores may stand between digits. ValueError for anything else.
  var i = 0
  var negative = false
  if s.len > 0 and s[0] in {'-', '+'}:
    negative = s[0] == '-'
    inc i
  if i >= s.len or s[i] notin Digits: raise newException(ValueError, "invalid integer: " & s)
  # Counted below zero, where there is one number more.
  while i < s.len and s[i] in Digits:
    let d = BiggestInt(ord(s[i]) - ord('0'))
    if result < (low(BiggestInt) + d) div 10:
      raise newException(ValueError, "Parsed integer outside of valid range")
    result = result * 10 - d
    inc i
    while i < s.len and s[i] == '_': inc i
  if i < s.len: raise newException(ValueError, "invalid integer: " & s)
  if not negative:
    if result == low(BiggestInt): raise newException(ValueError, "Parsed integer outside of valid range")
    result = -result

func parseInt*(s: string): int =
  ## As `parseBiggestInt`.
  int(parseBiggestInt(s))

func parseBiggestUInt*(s: string): BiggestUInt =
  ## A decimal number without a sign.
  var i = 0
  if s.len > 1 and s[1] in Digits:
    if s[0] == '-': raise newException(ValueError, "Parsed integer outside of valid range")
    if s[0] == '+': inc i
  if i >= s.len or s[i] notin Digits: raise newException(ValueError, "invalid unsigned integer: " & s)
  while i < s.len and s[i] in Digits:
    let d = BiggestUInt(ord(s[i]) - ord('0'))
    if result > (high(BiggestUInt) - d) div 10'u64:
      raise newException(ValueError, "Parsed integer outside of valid range")
    result = result * 10'u64 + d
    inc i
    while i < s.len and s[i] == '_': inc i
  if i < s.len: raise newException(ValueError, "invalid unsigned integer: " & s)

func parseUInt*(s: string): uint = uint(parseBiggestUInt(s))

func parseFloat*(s: string): float =
  ## A float: digits with an optional point and exponent, `inf` or `nan`. ValueError when `s` is anything else.
  var text = newStringOfCap(s.len)
  var i = 0
  var digits = 0
  if i < s.len and s[i] in {'-', '+'}:
    text.add(s[i])
    inc i
  let word = toLowerAscii(substr(s, i))
  if word == "inf":
    return if s[0] == '-': -Inf else: Inf
  if word == "nan": return NaN
  while i < s.len and s[i] in {'0'..'9', '_'}:
    if s[i] != '_':
      text.add(s[i])
      inc digits
    elif digits == 0: break
    inc i
  if i < s.len and s[i] == '.':
    text.add('.')
    inc i
    while i < s.len and s[i] in {'0'..'9', '_'}:
      if s[i] != '_':
        text.add(s[i])
        inc digits
      inc i
  if digits == 0: raise newException(ValueError, "invalid float: " & s)
  if i < s.len and s[i] in {'e', 'E'}:
    text.add('e')
    inc i
    if i < s.len and s[i] in {'-', '+'}:
      text.add(s[i])
      inc i
    if i >= s.len or s[i] notin Digits: raise newException(ValueError, "invalid float: " & s)
    while i < s.len and s[i] in {'0'..'9', '_'}:
      if s[i] != '_': text.add(s[i])
      inc i
  if i < s.len: raise newException(ValueError, "invalid float: " & s)
  float(cStrtod(cstring(text), nil))

func parseBased(s: string, bits: int, letters: set[char], what: string): uint64 =
  var i = 0
  var digits = 0
  if i + 1 < s.len and s[i] == '0' and s[i + 1] in letters: i += 2
  elif i < s.len and s[i] == '#' and bits == 4: inc i
  while i < s.len:
    if s[i] != '_':
      let d = digitValue(s[i])
      if d >= (1 shl bits): break
      result = (result shl bits) or uint64(d)
      inc digits
    inc i
  if i < s.len or digits == 0: raise newException(ValueError, "invalid " & what & " integer: " & s)

func parseHexInt*(s: string): int =
  ## A hexadecimal number, with or without `0x` or `#`.
  cast[int](parseBased(s, 4, {'x', 'X'}, "hex"))

func parseOctInt*(s: string): int =
  ## An octal number, with or without `0o`.
  cast[int](parseBased(s, 3, {'o', 'O'}, "oct"))

func parseBinInt*(s: string): int =
  ## A binary number, with or without `0b`.
  cast[int](parseBased(s, 1, {'b', 'B'}, "binary"))

func fromHex*[T: SomeInteger](s: string): T =
  ## A hexadecimal number as `T`; digits beyond its size are lost on the left.
  cast[T](parseBased(s, 4, {'x', 'X'}, "hex"))

func fromOct*[T: SomeInteger](s: string): T = cast[T](parseBased(s, 3, {'o', 'O'}, "oct"))
func fromBin*[T: SomeInteger](s: string): T = cast[T](parseBased(s, 1, {'b', 'B'}, "binary"))

func parseHexStr*(s: string): string =
  ## The bytes that pairs of hexadecimal digits name.
  if s.len mod 2 != 0: raise newException(ValueError, "Incorrect hex string len")
  result = newString(s.len div 2)
  for i in 0 ..< s.len:
    let d = digitValue(s[i])
    if d > 15: raise newException(ValueError, "Invalid hex char `" & s[i] & "` (ord " & $ord(s[i]) & ")")
    if i mod 2 == 0: result[i div 2] = char(d shl 4)
    else: result[i div 2] = char(ord(result[i div 2]) or d)

func parseBool*(s: string): bool =
  ## y, yes, true, 1, on or n, no, false, 0, off, without regard to style.
  case normalize(s)
  of "y", "yes", "true", "1", "on": true
  of "n", "no", "false", "0", "off": false
  else: raise newException(ValueError, "cannot interpret as a bool: " & s)

func enumByName[T: enum](s: string, found: var T): bool =
  let wanted = nimIdentNormalize(s)
  if wanted.len == 0: return false
  # By number, since an enum with holes has no successors; in a hole `$` gives nothing that a name can be.
  for n in ord(low(T)) .. ord(high(T)):
    let value = cast[T](n)
    if nimIdentNormalize($value) == wanted:
      found = value
      return true
  false

func parseEnum*[T: enum](s: string): T =
  ## The value of the enum whose text is `s`, without regard to style after the first letter.
  var value: T
  if enumByName(s, value): return value
  raise newException(ValueError, "Invalid enum value: " & s)

func parseEnum*[T: enum](s: string, default: T): T =
  ## As above, `default` for what is not found.
  var value: T
  if enumByName(s, value): return value
  default

include private/strfmt
