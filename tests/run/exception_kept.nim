discard """
  output: '''
keptValueError
kept
keptValueError
kept
'''
"""
var e: ref Exception
try:
  raise newException(ValueError, "kept")
except:
  e = getCurrentException()
echo e.msg, e.name
var parent = newException(IOError, "child", e)
echo parent.parent.msg
try: raise parent
except IOError as x: echo x.parent.msg, x.parent.name
setCurrentException(e)
echo getCurrentExceptionMsg()
