discard """
  output: '''
middle saw it
outer finally
top: deep
first then second
'''
"""
proc inner() = raise newException(ValueError, "deep")
proc middle() =
  try:
    inner()
  except ValueError:
    echo "middle saw it"
    raise
proc outer() =
  try:
    middle()
  finally:
    echo "outer finally"
try:
  outer()
except ValueError as e:
  echo "top: ", e.msg
try:
  try:
    raise newException(ValueError, "first")
  except ValueError as e:
    raise newException(KeyError, e.msg & " then second")
except KeyError as e:
  echo e.msg
