discard """
  output: '''
global hook ValueError big
handler
finally
-1
local hook ValueError
global hook ValueError big
handler
finally
-1 2
local hook IndexDefect
global hook IndexDefect index 2 not in 0 .. 0
index
handler
finally
-1 3
'''
"""
var n = 0
proc risky(x: int): int =
  try:
    if x > 2: raise newException(ValueError, "big")
    result = x
  except ValueError:
    echo "handler"
    result = -1
  finally:
    echo "finally"
globalRaiseHook = proc (e: ref Exception): bool {.nimcall, gcsafe.} =
  {.cast(gcsafe).}: inc n
  echo "global hook ", e.name, " ", e.msg
  result = true
echo risky(3)
localRaiseHook = proc (e: ref Exception): bool {.nimcall, gcsafe.} =
  echo "local hook ", e.name
  true
echo risky(5), " ", n
var a = @[1]
try: echo a[n]
except IndexDefect: echo "index"
globalRaiseHook = nil
localRaiseHook = nil
echo risky(7), " ", n
