discard """
  output: '''
10 20 30 31 32 40
600 700 61 @[7] 80 81
0 90 9 91 10 @[2, 3, 4, 4, 5, 6, 6, 8, 90, 92]
'''
"""
# What follows an assignment of `result` gives the value no more: what may be discarded is.
var all: seq[int]
proc add(v: int): int {.discardable.} =
  all.add v
  all.len
proc straight(): int =
  result = 10
  add(2)
proc looped(n: int): int =
  for i in 0 ..< n: result = 20
  add(3)
proc branched(n: int): int =
  if n > 1:
    result = 30
  elif n > 0:
    result = 31
  else:
    return 32
  add(4)
proc nested(): int =
  block:
    result = 40
    add(5)
# Where some way leaves it alone, or the value is one of an expression, it is the value.
proc some(n: int): int =
  if n > 1: result = 50
  else: discard
  add(6) * 100
proc inner(): int =
  let x = block:
    result = 60
    61
  x
proc grown(): seq[int] =
  result.add 7
  result
proc returned(n: int): int =
  if n > 1: return 80
  81
# Beside an end without a value the other ends have none.
proc beside(n: int): int =
  if n > 1: add(8)
  else: result = 90
proc ends(n: int): int =
  if n == 1: add(90)
  elif n == 2: return 91
  else: add(92)
echo straight(), " ", looped(1), " ", branched(2), " ", branched(1), " ", branched(0), " ", nested()
echo some(2), " ", some(0), " ", inner(), " ", grown(), " ", returned(2), " ", returned(1)
echo beside(2), " ", beside(1), " ", ends(1), " ", ends(2), " ", ends(3), " ", all
