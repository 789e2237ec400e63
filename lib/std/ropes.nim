## Ropes: long texts put together from short ones, without copying what they are made of.

import std/streams

type Rope* {.acyclic.} = ref object
  ## A text, or two ropes one behind the other. Nil is the empty one.
  left, right: Rope
  length: int
  data: string

proc len*(a: Rope): int = (if a.isNil: 0 else: a.length)
  ## How many chars it has.

proc rope*(s: string = ""): Rope = (if s.len == 0: nil else: Rope(length: s.len, data: s))
  ## A rope of a text.
proc rope*(i: BiggestInt): Rope = rope($i)
  ## A rope of a number.
proc rope*(f: BiggestFloat): Rope = rope($f)
  ## A rope of a number.
proc enableCache*() = discard
  ## Kept for programs that ask for it: equal leaves are not shared.
proc disableCache*() = discard

proc `&`*(a, b: Rope): Rope =
  ## `b` behind `a`.
  if a.isNil: b
  elif b.isNil: a
  else: Rope(left: a, right: b, length: a.length + b.length)
proc `&`*(a: Rope, b: string): Rope = a & rope(b)
proc `&`*(a: string, b: Rope): Rope = rope(a) & b
proc `&`*(a: openArray[Rope]): Rope =
  ## All of them, one behind the other.
  for part in a: result = result & part

proc add*(a: var Rope, b: Rope) = a = a & b
  ## Puts a rope behind another.
proc add*(a: var Rope, b: string) = a = a & b

iterator leaves*(r: Rope): string =
  ## The texts that it is made of.
  if not r.isNil:
    var open = @[r]
    while open.len > 0:
      var at = open.pop()
      while not at.left.isNil:
        open.add(at.right)
        at = at.left
      yield at.data

iterator items*(r: Rope): char =
  ## The chars.
  for text in leaves(r):
    for c in text: yield c

proc `[]`*(r: Rope, i: int): char =
  ## The char at a position; a zero behind the end.
  if r.isNil or i < 0 or i >= r.length: return '\0'
  var at = r
  var rest = i
  while not at.left.isNil:
    if rest < at.left.length: at = at.left
    else:
      rest -= at.left.length
      at = at.right
  at.data[rest]

proc `$`*(r: Rope): string =
  ## All of the text.
  result = newStringOfCap(r.len)
  for text in leaves(r): result.add(text)

proc write*(f: File, r: Rope) =
  ## Writes the text.
  for text in leaves(r): write(f, text)
proc write*(s: Stream, r: Rope) =
  for text in leaves(r): write(s, text)

proc addf*(c: var Rope, frmt: string, args: openArray[Rope]) =
  ## Adds a format with ropes for `$1`, `$#`, `${1}`; `$$` is a dollar, `$n` the end of a line.
  var i = 0
  var next = 0
  while i < frmt.len:
    if frmt[i] == '$' and i + 1 < frmt.len:
      inc i
      case frmt[i]
      of '$':
        c.add("$")
        inc i
      of '#':
        inc i
        c.add(args[next])
        inc next
      of '0'..'9', '{':
        let braced = frmt[i] == '{'
        if braced: inc i
        var j = 0
        while i < frmt.len and frmt[i] in {'0'..'9'}:
          j = j * 10 + ord(frmt[i]) - ord('0')
          inc i
        if braced:
          if i < frmt.len and frmt[i] == '}': inc i
          else: raise newException(ValueError, "invalid format string: " & frmt)
        c.add(args[j - 1])
      else: raise newException(ValueError, "invalid format string: " & frmt)
    let start = i
    while i < frmt.len and frmt[i] != '$': inc i
    if i - 1 >= start: c.add(substr(frmt, start, i - 1))

proc `%`*(frmt: string, args: openArray[Rope]): Rope = addf(result, frmt, args)
  ## A format with ropes for its placeholders.

proc equalsFile*(r: Rope, f: File): bool = readAll(f) == $r
  ## Has the file exactly this text?
proc equalsFile*(r: Rope, filename: string): bool =
  ## The same for a file that need not be there.
  try: readFile(filename) == $r
  except IOError: false
