discard """
  output: '''
f
one
f
f
f
f
f
f
f
other
343435027
'''
"""
# A statement whose every end is a call that may be discarded is one that may be discarded.
proc f(): int {.discardable.} =
  echo "f"
  1
for i in 0..2:
  case i
  of 0: f()
  of 1:
    echo "one"
    f()
  else: f()
if true: f() else: f()
proc g(x: int) =
  if x == 1: f()
  else: f()
  try: f()
  except: f()
  block: f()
g(1)
proc h(x: int) =
  case x
  of 0: f()
  of 1: return
  else: raise newException(ValueError, "other")
h(0)
h(1)
try: h(2)
except ValueError as e: echo e.msg
# Where one end has no value, the others' are dropped, also at the end of a proc with a result.
proc g(): int {.discardable.} = 7
proc first(n: int): int =
  if n == 1:
    result = 3
    for i in 0 .. 1: discard
  else:
    result = 4
    g()
proc last(n: int): int =
  if n == 1:
    result = 3
    g()
  else:
    result = 4
    for i in 0 .. 1: discard
proc cases(n: int): int =
  case n
  of 1:
    result = 3
    g()
  of 2: result = 5
  else: g()
proc tries(n: int): int =
  try:
    result = n
    g()
  except: result = 0
proc all(n: int): int =
  if n == 1: g() else: g()
echo first(1), first(2), last(1), last(2), cases(1), cases(2), cases(3), tries(2), all(1)
