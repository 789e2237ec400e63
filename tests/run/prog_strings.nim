discard """
  output: '''
cba truefalse
khoor hello
@["the", "quick", "fox"] a3b1c2
'''
"""
# Small string programs without the library.
proc reversed(s: string): string =
  for i in countdown(s.high, 0): result.add(s[i])
proc isPalindrome(s: string): bool =
  var i = 0
  var j = s.high
  while i < j:
    if s[i] != s[j]: return false
    inc i
    dec j
  true
proc caesar(s: string, k: int): string =
  result = s
  for c in result.mitems:
    if c in {'a'..'z'}: c = chr((ord(c) - ord('a') + k + 26) mod 26 + ord('a'))
proc words(s: string): seq[string] =
  var cur = ""
  for c in s:
    if c == ' ':
      if cur.len > 0: result.add(cur)
      cur = ""
    else: cur.add(c)
  if cur.len > 0: result.add(cur)
proc rle(s: string): string =
  var i = 0
  while i < s.len:
    var n = 1
    while i + n < s.len and s[i + n] == s[i]: inc n
    result.add(s[i] & $n)
    i += n
echo reversed("abc"), " ", isPalindrome("racecar"), isPalindrome("ab")
echo caesar("hello", 3), " ", caesar(caesar("hello", 3), -3)
echo words("  the quick  fox "), " ", rle("aaabcc")
