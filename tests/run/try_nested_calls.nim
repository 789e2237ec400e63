discard """
  output: '''
@["a0", "a1", "a2", "a3", "caught"]
@[9]
arg
okok
'''
"""
# An exception goes through frames, loops and calls; state up to it stays.
var log: seq[string]
proc a(n: int): int =
  log.add("a" & $n)
  if n == 3: raise newException(ValueError, "three")
  a(n + 1) + 1
try:
  echo a(0)
except ValueError:
  log.add("caught")
echo log
proc parts(): seq[int] =
  result.add(1)
  raise newException(ValueError, "late")
var xs = @[9]
try:
  xs = parts()
except ValueError:
  echo xs
proc arg(ok: bool): string =
  if not ok: raise newException(ValueError, "arg")
  "ok"
proc take(a, b: string) = echo a, b
try:
  take(arg(true), arg(false))
except ValueError as e:
  echo e.msg
take(arg(true), arg(true))
