discard """
  output: '''
f finally
1
0
loop finally 0
loop finally 1
loop finally 2
g finally
handled
inner
outer
last
left
'''
"""
# `finally` runs for return, break and continue.
proc f(): int =
  try:
    return 1
  finally:
    echo "f finally"
echo f()
for i in 0..3:
  try:
    if i == 1: continue
    if i == 2: break
    echo i
  finally:
    echo "loop finally ", i
proc g(): string =
  try:
    raise newException(ValueError, "x")
  except ValueError:
    return "handled"
  finally:
    echo "g finally"
echo g()
proc h() =
  try:
    try:
      raise newException(ValueError, "a")
    finally:
      echo "inner"
  except ValueError:
    echo "outer"
  finally:
    echo "last"
h()
block b:
  try:
    break b
  finally:
    echo "left"
