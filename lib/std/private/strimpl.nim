## What `strutils` and `cstrutils` have in common: bodies of functions on `string` and `cstring`, as templates that return.

func toLowerAscii*(c: char): char {.inline.} =
  ## The small letter.
  if c in {'A' .. 'Z'}: chr(ord(c) + 32) else: c

template firstDiffers(a, b, next: untyped) =
  if a.len == 0 or b.len == 0: return a.len - b.len
  if a[0] != b[0]: return ord(a[0]) - ord(b[0])
  next = 1

template cmpIgnoreStyleImpl*[T: string | cstring](a, b: T, firstCharCaseSensitive: static bool = false) =
  ## Compares without case and underscores.
  let (aLen, bLen) = (a.len, b.len)
  var i, j = 0
  when firstCharCaseSensitive:
    firstDiffers(a, b, i)
    j = i
  while true:
    while i < aLen and a[i] == '_': inc i
    while j < bLen and b[j] == '_': inc j
    # A character is more than the end, by its code.
    result = (if i < aLen: ord(toLowerAscii(a[i])) else: 0) - (if j < bLen: ord(toLowerAscii(b[j])) else: 0)
    if result != 0: return
    if i >= aLen or j >= bLen: return ord(i < aLen) - ord(j < bLen)
    inc i
    inc j

template cmpIgnoreCaseImpl*[T: string | cstring](a, b: T, firstCharCaseSensitive: static bool = false) =
  ## Compares without case.
  var i = 0
  when firstCharCaseSensitive: firstDiffers(a, b, i)
  while i < min(a.len, b.len):
    result = ord(toLowerAscii(a[i])) - ord(toLowerAscii(b[i]))
    if result != 0: return
    inc i
  result = a.len - b.len

template startsWithImpl*[T: string | cstring](s, prefix: T) =
  ## Does `s` begin with `prefix`?
  if prefix.len > s.len: return false
  for i in 0 ..< prefix.len:
    if s[i] != prefix[i]: return false
  return true

template endsWithImpl*[T: string | cstring](s, suffix: T) =
  ## Does `s` end with `suffix`?
  let start = s.len - suffix.len
  if start < 0: return false
  for i in 0 ..< suffix.len:
    if s[start + i] != suffix[i]: return false
  return true

func cmpNimIdentifier*[T: string | cstring](a, b: T): int =
  ## Compares identifiers: the first letter with its case.
  cmpIgnoreStyleImpl(a, b, true)

func findFrom(s, sub: cstring, start, last: int): int =
  for i in start .. last - sub.len + 1:
    var n = 0
    while n < sub.len and s[i + n] == sub[n]: inc n
    if n == sub.len: return i
  result = -1

func find*(s: cstring, sub: char, start: Natural = 0, last = 0): int =
  ## Where `sub` is, or -1. A `last` of 0 is the end.
  for i in start .. (if last == 0: s.len - 1 else: last):
    if s[i] == sub: return i
  result = -1

func find*(s, sub: cstring, start: Natural = 0, last = 0): int =
  ## Where `sub` begins, or -1. A `last` of 0 is the end.
  findFrom(s, sub, start, if last == 0: s.len - 1 else: last)
