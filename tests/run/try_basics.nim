discard """
  output: '''
10
finally
value: zero
finally
io: negative
finally
any
fine
always
'''
"""
# try, except by type, else-less forms, `finally` on every way out.
proc risky(n: int): int =
  if n == 0: raise newException(ValueError, "zero")
  if n < 0: raise newException(IOError, "negative")
  n * 10
for n in [1, 0, -1]:
  try:
    echo risky(n)
  except ValueError as e:
    echo "value: ", e.msg
  except IOError:
    echo "io: ", getCurrentExceptionMsg()
  finally:
    echo "finally"
try:
  discard risky(0)
except:
  echo "any"
try:
  echo "fine"
finally:
  echo "always"
