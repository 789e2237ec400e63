## Text in lines of a given width.

import std/[strutils, unicode]

proc graphemes(s: string): int =
  for r in runes(s):
    if not isCombining(r): inc result

proc wrapWords*(s: string, maxLineWidth = 80, splitLongWords = true, seps: set[char] = Whitespace, newLine = "\n"): string =
  ## The words in lines of at most so many characters.
  var left = maxLineWidth
  var gap = ""
  var i = 0
  while i < s.len:
    let start = i
    let blank = s[i] in seps
    while i < s.len and (s[i] in seps) == blank: inc i
    let word = s[start ..< i]
    let width = graphemes(word)
    if blank:
      gap = word
      continue
    if splitLongWords and width > maxLineWidth:
      result.add(gap)
      left -= gap.len
      for r in runes(word):
        if left <= 0:
          left = maxLineWidth
          result.add(newLine)
        result.add(r)
        if not isCombining(r): dec left
      gap = ""
    elif width + gap.len > left:
      left = maxLineWidth - width
      # What separates the lines takes the place of the gap.
      result.add(newLine)
      result.add(word)
      gap = ""
    else:
      left -= width + gap.len
      result.add(gap)
      result.add(word)
      gap = ""
