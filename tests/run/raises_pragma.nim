discard """
  output: '''
ok
caught
'''
"""
proc f() {.raises: [].} =
  try:
    raise newException(ValueError, "x")
  except ValueError: echo "ok"
f()
proc g() {.raises: [ValueError].} = raise newException(ValueError, "v")
try: g()
except: echo "caught"
