discard """
  output: '''
inner second cur=second
after inner cur=first
outer first
io second
'''
"""
proc f =
  try:
    raise newException(ValueError, "first")
  finally:
    try:
      raise newException(IOError, "second")
    except IOError as e:
      echo "inner ", e.msg, " cur=", getCurrentExceptionMsg()
    echo "after inner cur=", getCurrentExceptionMsg()
try: f()
except ValueError as e: echo "outer ", e.msg
proc g =
  try:
    raise newException(ValueError, "first")
  finally:
    raise newException(IOError, "second")
try: g()
except ValueError as e: echo "value ", e.msg
except IOError as e: echo "io ", e.msg
