## UTF-8 text as characters. A `Rune` is a code point; procs that take a string walk through its runes.

include private/unicodedata

type Rune* = distinct int32
  ## A code point.

const
  replacement = 0xFFFD'i32
  unicodeSpaces = [Rune 0x9, Rune 0xA, Rune 0xB, Rune 0xC, Rune 0xD, Rune 0x20, Rune 0x85, Rune 0xA0, Rune 0x1680,
    Rune 0x2000, Rune 0x2001, Rune 0x2002, Rune 0x2003, Rune 0x2004, Rune 0x2005, Rune 0x2006, Rune 0x2007, Rune 0x2008,
    Rune 0x2009, Rune 0x200A, Rune 0x2028, Rune 0x2029, Rune 0x202F, Rune 0x205F, Rune 0x3000]

func `==`*(a, b: Rune): bool = int32(a) == int32(b)
func `<%`*(a, b: Rune): bool = cast[uint32](a) < cast[uint32](b)
  ## Compares without a sign.
func `<=%`*(a, b: Rune): bool = cast[uint32](a) <= cast[uint32](b)

func lengthOf(lead: char): int =
  # How many bytes a sequence with this first byte has.
  if lead <= '\x7F' or lead <= '\xBF': 1
  elif lead <= '\xDF': 2
  elif lead <= '\xEF': 3
  elif lead <= '\xF7': 4
  elif lead <= '\xFB': 5
  elif lead <= '\xFD': 6
  else: 1

func runeLenAt*(s: openArray[char], i: Natural): int = lengthOf(s[i])
  ## How many bytes the rune at byte `i` has.
func runeLenAt*(s: string, i: Natural): int = lengthOf(s[i])

func decode(s: openArray[char], i: int): tuple[rune: Rune, len: int] =
  # A byte that begins nothing is a rune by itself; what follows one that does is not looked at.
  let lead = s[i]
  let n = lengthOf(lead)
  if n == 1: return (Rune(ord(lead)), 1)
  if i + n > s.len: return (Rune(replacement), 1)
  var code = int32(ord(lead)) and (0x7F'i32 shr n)
  for k in 1 ..< n: code = (code shl 6) or int32(ord(s[i + k]) and 0x3F)
  (Rune(code), n)

template fastRuneAt*(s: openArray[char] or string, i: int, result: untyped, doInc = true) =
  ## Reads the rune at byte `i` into `result` and moves `i` behind it.
  block:
    let decoded = decode(s, i)
    result = decoded.rune
    when doInc: i = i + decoded.len

func runeAt*(s: openArray[char], i: Natural): Rune = decode(s, i).rune
  ## The rune at byte `i`.
func runeAt*(s: string, i: Natural): Rune = decode(s, i).rune

func runeLen*(s: openArray[char]): int =
  ## The number of runes.
  var i = 0
  while i < s.len:
    i += lengthOf(s[i])
    inc result
func runeLen*(s: string): int = runeLen(s.toOpenArray(0, s.high))

func validateUtf8*(s: openArray[char]): int =
  ## The place of the first byte that is not valid, or -1.
  var i = 0
  while i < s.len:
    let n = lengthOf(s[i])
    if s[i] <= '\x7F':
      inc i
      continue
    if n < 2 or n > 4 or s[i] in {'\xC0', '\xC1'}: return i
    for k in 1 ..< n:
      if i + k >= s.len or (ord(s[i + k]) and 0xC0) != 0x80: return i
    i += n
  -1

func size*(r: Rune): int =
  ## How many bytes it takes.
  let v = uint32(r)
  if v <= 0x7F'u32: 1
  elif v <= 0x7FF'u32: 2
  elif v <= 0xFFFF'u32: 3
  elif v <= 0x1FFFFF'u32: 4
  elif v <= 0x3FFFFFF'u32: 5
  elif v <= 0x7FFFFFFF'u32: 6
  else: 1

func add*(s: var string, c: Rune) =
  ## Appends a rune.
  let n = size(c)
  let v = int32(c)
  if n == 1:
    s.add(chr(v and 0x7F))
    return
  let mark = (0xFF00 shr n) and 0xFF
  s.add(chr(mark or (int(v) shr (6 * (n - 1)))))
  for k in countdown(n - 2, 0): s.add(chr(0x80 or ((int(v) shr (6 * k)) and 0x3F)))

func toUTF8*(c: Rune): string = result.add(c)
  ## The rune as text.
func `$`*(rune: Rune): string = result.add(rune)
func `$`*(runes: seq[Rune]): string =
  for r in runes: result.add(r)

template fastToUTF8Copy*(c: Rune, s: var string, pos: int, doInc = true) =
  ## Writes a rune into `s` at `pos`, which moves behind it.
  block:
    let text = toUTF8(c)
    if s.len < pos + text.len: s.setLen(pos + text.len)
    for k in 0 ..< text.len: s[pos + k] = text[k]
    when doInc: pos += text.len

iterator runes*(s: string): Rune =
  ## The runes, first to last.
  var i = 0
  while i < s.len:
    let (rune, n) = decode(s, i)
    i += n
    yield rune

iterator utf8*(s: string): string =
  ## The runes as strings.
  var i = 0
  while i < s.len:
    let n = lengthOf(s[i])
    yield substr(s, i, i + n - 1)
    i += n

iterator runes*(s: openArray[char]): Rune =
  ## The runes of a part of a text.
  var i = 0
  while i < s.len:
    let (rune, n) = decode(s, i)
    i += n
    yield rune

func toRunes*(s: openArray[char]): seq[Rune] =
  ## All runes.
  for r in runes(s): result.add(r)
func toRunes*(s: string): seq[Rune] =
  for r in runes(s): result.add(r)

# Places, counted in runes

func runeOffset*(s: string, pos: Natural, start: Natural = 0): int =
  ## The byte where rune number `pos` from `start` on begins, or -1.
  result = start
  for _ in 1 .. int(pos):
    if result >= s.len: return -1
    result += lengthOf(s[result])
    if result >= s.len: return -1

func runeReverseOffset*(s: string, rev: Positive): (int, int) =
  ## The byte where rune number `rev` from the end begins, and the number of runes.
  let count = runeLen(s)
  if rev > count: return (count - int(rev), count)
  var at = 0
  for _ in 1 .. count - int(rev): at += lengthOf(s[at])
  (at, count)

func runeAtPos*(s: string, pos: int): Rune = runeAt(s, runeOffset(s, pos))
  ## Rune number `pos`.

func runeStrAtPos*(s: string, pos: Natural): string =
  ## Rune number `pos` as text.
  let at = runeOffset(s, pos)
  substr(s, at, at + lengthOf(s[at]) - 1)

func runeSubStr*(s: string, pos: int, len: int = int.high): string =
  ## `len` runes from number `pos` on; a negative `pos` counts from the end, a negative `len` leaves so many out there.
  let count = runeLen(s)
  let first = if pos < 0: max(0, count + pos) else: pos
  if first >= count: return ""
  var last = if len < 0: count + len elif len >= count - first: count else: first + len
  if last <= first: return ""
  var i = 0
  var start = 0
  for n in 0 ..< last:
    if n == first: start = i
    i += lengthOf(s[i])
  substr(s, start, i - 1)

func lastRune*(s: string, last: int): (Rune, int) =
  ## The rune that ends at byte `last`, and its length.
  var n = 0
  while last - n > 0 and (ord(s[last - n]) and 0xC0) == 0x80: inc n
  (runeAt(s, last - n), n + 1)

# Kinds of runes

func stepped(c: int32, table: openArray[int]): int32 =
  # What a table of `first, last, step, delta` adds to a rune.
  var lo = 0
  var hi = table.len div 4
  while lo < hi:
    let mid = (lo + hi) div 2
    if table[mid * 4 + 1] < int(c): lo = mid + 1
    else: hi = mid
  let at = lo * 4
  if at < table.len and int(c) >= table[at] and (int(c) - table[at]) mod table[at + 2] == 0: int32(table[at + 3])
  else: 0'i32

func toUpper*(c: Rune): Rune =
  ## In upper case.
  let v = int32(c)
  if v < 128: (if v in 97'i32 .. 122'i32: Rune(v - 32) else: c)
  else: Rune(v + stepped(v, toUppers))

func toLower*(c: Rune): Rune =
  ## In lower case.
  let v = int32(c)
  if v < 128: (if v in 65'i32 .. 90'i32: Rune(v + 32) else: c)
  else: Rune(v + stepped(v, toLowers))

func toTitle*(c: Rune): Rune = Rune(int32(c) + stepped(int32(c), toTitles))
  ## As the first letter of a word, for those few that have a form for it.
func isLower*(c: Rune): bool = toUpper(c) != c
  ## Is it a small letter?
func isUpper*(c: Rune): bool = toLower(c) != c
  ## Is it a capital letter?
func isTitle*(c: Rune): bool = isUpper(c) and isLower(c)
  ## Is it a letter of its own for the beginning of a word?

func isAlpha*(c: Rune): bool =
  ## Is it a letter?
  let v = int(c)
  if v < 128: return v in 65 .. 90 or v in 97 .. 122
  var lo = 0
  var hi = letters.len div 2
  while lo < hi:
    let mid = (lo + hi) div 2
    if letters[mid * 2 + 1] < v: lo = mid + 1
    else: hi = mid
  lo * 2 < letters.len and v >= letters[lo * 2]

func isWhiteSpace*(c: Rune): bool = c in unicodeSpaces
  ## Is it white space?

func isCombining*(c: Rune): bool =
  ## Is it added to the rune before it?
  let v = int(c)
  v in 0x0300 .. 0x036f or v in 0x1ab0 .. 0x1aff or v in 0x1dc0 .. 0x1dff or v in 0x20d0 .. 0x20ff or v in 0xfe20 .. 0xfe2f

func isAlpha*(s: string): bool =
  ## Is it not empty and of letters only?
  for r in runes(s):
    if not isAlpha(r): return false
  s.len > 0

func isSpace*(s: string): bool =
  ## Is it not empty and of white space only?
  for r in runes(s):
    if not isWhiteSpace(r): return false
  s.len > 0

# Strings

func toUpper*(s: string): string =
  ## In upper case.
  for r in runes(s): result.add(toUpper(r))
func toLower*(s: string): string =
  ## In lower case.
  for r in runes(s): result.add(toLower(r))

func swapCase*(s: string): string =
  ## Small letters for capitals and the other way round.
  for r in runes(s): result.add(if isUpper(r): toLower(r) elif isLower(r): toUpper(r) else: r)

func capitalize*(s: string): string =
  ## The first letter in upper case.
  if s.len == 0: return ""
  let (first, n) = decode(s, 0)
  result.add(toUpper(first))
  result.add(substr(s, n))

func title*(s: string): string =
  ## The first letter of each word in upper case.
  var first = true
  for r in runes(s):
    let space = isWhiteSpace(r)
    result.add(if first and not space: toUpper(r) else: r)
    first = space

proc translate*(s: string, replacements: proc(key: string): string): string =
  ## Each word replaced.
  var word = ""
  for r in runes(s):
    if isWhiteSpace(r):
      if word.len > 0: result.add(replacements(word))
      word.setLen(0)
      result.add(r)
    else: word.add(r)
  if word.len > 0: result.add(replacements(word))

func cmpRunesIgnoreCase*(a, b: string): int =
  ## Compares without regard to case: negative, zero or positive.
  var i, j = 0
  while i < a.len and j < b.len:
    let (x, n) = decode(a, i)
    let (y, m) = decode(b, j)
    result = int(toLower(x)) - int(toLower(y))
    if result != 0: return
    i += n
    j += m
  result = a.len - b.len

func reversed*(s: string): string =
  ## The other way round; what is combined stays together.
  var groups: seq[string]
  var i = 0
  while i < s.len:
    let (r, n) = decode(s, i)
    let bytes = substr(s, i, i + n - 1)
    if isCombining(r) and groups.len > 0: groups[^1].add(bytes)
    else: groups.add(bytes)
    i += n
  for i in countdown(groups.high, 0): result.add(groups[i])

func graphemeLen*(s: string, i: Natural): Natural =
  ## How many bytes the rune at byte `i` has with those that are combined with it.
  if i >= s.len: return 0
  var j = int(i) + decode(s, i).len
  while j < s.len:
    let (r, n) = decode(s, j)
    if not isCombining(r): break
    j += n
  j - int(i)

func isSeparator(r: Rune, seps: openArray[Rune]): bool = r in seps
func isSeparator(r, sep: Rune): bool = r == sep

template splitAt(s, seps, maxsplit: untyped) =
  var last = 0
  var left = maxsplit
  if s.len > 0:
    while last <= s.len:
      let first = last
      while last < s.len and not isSeparator(runeAt(s, last), seps): last += runeLenAt(s, last)
      if left == 0: last = s.len
      yield substr(s, first, last - 1)
      if left == 0: break
      dec left
      last += (if last < s.len: runeLenAt(s, last) else: 1)

iterator split*(s: string, seps: openArray[Rune] = unicodeSpaces, maxsplit: int = -1): string =
  ## The parts between separators.
  splitAt(s, seps, maxsplit)

iterator split*(s: string, sep: Rune, maxsplit: int = -1): string =
  ## The parts between separators.
  splitAt(s, sep, maxsplit)

iterator splitWhitespace*(s: string): string =
  ## The parts between white space.
  splitAt(s, unicodeSpaces, -1)

func split*(s: string, seps: openArray[Rune] = unicodeSpaces, maxsplit: int = -1): seq[string] =
  ## The parts between separators.
  for part in split(s, seps, maxsplit): result.add(part)

func split*(s: string, sep: Rune, maxsplit: int = -1): seq[string] =
  ## The parts between separators.
  for part in split(s, sep, maxsplit): result.add(part)

func splitWhitespace*(s: string): seq[string] =
  ## The parts between white space.
  for part in splitWhitespace(s): result.add(part)

func strip*(s: string, leading = true, trailing = true, runes: openArray[Rune] = unicodeSpaces): string =
  ## Without such runes at its ends.
  var first = 0
  if leading:
    while first < s.len:
      let (r, n) = decode(s, first)
      if r notin runes: break
      first += n
  var last = s.len - 1
  if trailing:
    while last >= first:
      let (r, n) = lastRune(s, last)
      if r notin runes: break
      last -= n
  substr(s, first, last)

func repeat*(c: Rune, count: Natural): string =
  ## The rune so many times.
  for _ in 1 .. int(count): result.add(c)

func align*(s: string, count: Natural, padding = Rune(' ')): string =
  ## Filled up at the left to `count` runes.
  repeat(padding, max(0, count - runeLen(s))) & s

func alignLeft*(s: string, count: Natural, padding = Rune(' ')): string =
  ## Filled up at the right to `count` runes.
  s & repeat(padding, max(0, count - runeLen(s)))
