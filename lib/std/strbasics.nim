## Strings that are changed in place.

const whitespaces = {' ', '\t', '\v', '\r', '\l', '\f'}

proc add*(x: var string, y: openArray[char]) =
  ## Appends characters.
  when nimvm:
    for c in y: x.add(c)
  else:
    if y.len > 0:
      let old = x.len
      x.setLen(old + y.len)
      copyMem(addr x[old], unsafeAddr y[0], y.len)

func setSlice*(s: var string, slice: Slice[int]) =
  ## Keeps the bytes of the slice.
  if slice.a > slice.b or slice.a >= s.len:
    s.setLen(0)
    return
  assert slice.a >= 0 and slice.b < s.len, $(slice.a, slice.b, s.len)
  s = substr(s, slice.a, slice.b)

func strip*(a: var string, leading = true, trailing = true, chars: set[char] = whitespaces) {.inline.} =
  ## Takes such characters away at the ends.
  var first = 0
  var last = a.len - 1
  if leading:
    while first <= last and a[first] in chars: inc first
  if trailing:
    while last >= first and a[last] in chars: dec last
  setSlice(a, first .. last)
