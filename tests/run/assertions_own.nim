discard """
  output: '''
1 == 2` no
true
as ever
expected raising 'Exception', instead nothing was raised by: 
discard
'''
"""
# What a scope does when its assertions fail, and code that may raise anything.
type Failed = object of CatchableError
  line: int

proc outer() =
  doAssert false

block:
  onFailedAssert(msg):
    raise (ref Failed)(msg: msg, line: instantiationInfo(-2).line)
  doAssertRaises(Failed): doAssert false
  try: doAssert 1 == 2, "no"
  except Failed as e: echo e.msg[^10 .. ^1]
  try: assert false
  except Failed as e: echo e.line > 0

try: outer()
except AssertionDefect: echo "as ever"
doAssertRaises(Exception): raise newException(ValueError, "x")
try: doAssertRaises(Exception, (discard))
except AssertionDefect as e: echo e.msg
