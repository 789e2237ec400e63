## Some of `strutils` for `cstring`s, without copies.

func lower(c: char): char = (if c in {'A' .. 'Z'}: char(ord(c) + 32) else: c)

func startsWith*(s, prefix: cstring): bool =
  ## Does `s` begin with `prefix`?
  var i = 0
  while prefix[i] != '\0':
    if s[i] != prefix[i]: return false
    inc i
  true

func endsWith*(s, suffix: cstring): bool =
  ## Does `s` end with `suffix`?
  let start = s.len - suffix.len
  if start < 0: return false
  for i in 0 ..< suffix.len:
    if s[start + i] != suffix[i]: return false
  true

func cmpIgnoreStyle*(a, b: cstring): int =
  ## Compares without case and underscores; 0 when they are equal.
  var i, j = 0
  while true:
    while a[i] == '_': inc i
    while b[j] == '_': inc j
    result = ord(lower(a[i])) - ord(lower(b[j]))
    if result != 0 or a[i] == '\0' or b[j] == '\0': break
    inc i
    inc j

func cmpIgnoreCase*(a, b: cstring): int =
  ## Compares without case; 0 when they are equal.
  var i = 0
  while true:
    result = ord(lower(a[i])) - ord(lower(b[i]))
    if result != 0 or a[i] == '\0' or b[i] == '\0': break
    inc i
