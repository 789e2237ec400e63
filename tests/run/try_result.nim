discard """
  output: '''
12
6
hi
cleanup
cleanup
t
'''
"""
proc p(): int =
  try:
    result = 1
    raise newException(ValueError, "")
  except:
    result = 2
  finally:
    result = result + 10
echo p()
proc q(): int {.discardable.} =
  while true:
    try:
      inc result
      if result > 3: return
    finally:
      inc result
echo q()
template withIt(body: untyped) =
  try:
    body
  finally:
    echo "cleanup"
withIt:
  echo "hi"
try:
  withIt:
    raise newException(ValueError, "t")
except ValueError as e: echo e.msg
