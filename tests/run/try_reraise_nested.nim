discard """
  output: '''
b
a
re a
no exception to reraise
'''
"""
try:
  try:
    raise newException(ValueError, "a")
  except ValueError:
    try:
      raise newException(KeyError, "b")
    except KeyError:
      echo getCurrentExceptionMsg()
    echo getCurrentExceptionMsg()
    raise
except ValueError as e:
  echo "re ", e.msg
try:
  raise
except ReraiseDefect as e:
  echo e.msg
