discard """
  output: '''
xxx
5-1
begin a
begin b
inner
end b
end a
failed 1: no 1
failed 2: no 2
30
failed 1: never
failed 2: never
gave up
'''
"""
template times(n: int, body: untyped) =
  for i in 0 ..< n: body
template tryOr(expr, default: untyped): untyped =
  try: expr
  except CatchableError: default
import strutils
3.times: stdout.write "x"
echo ""
echo tryOr(parseInt("5"), 0), tryOr(parseInt("q"), -1)
template withLog(name: string, body: untyped) =
  echo "begin ", name
  try: body
  finally: echo "end ", name
withLog "a":
  withLog "b":
    echo "inner"
proc retry(n: int, f: proc(i: int): int): int =
  for i in 1..n:
    try: return f(i)
    except IOError as e:
      echo "failed ", i, ": ", e.msg
  raise newException(IOError, "gave up")
echo retry(3, proc(i: int): int =
  if i < 3: raise newException(IOError, "no " & $i)
  i * 10)
try: discard retry(2, proc(i: int): int = raise newException(IOError, "never"))
except IOError as e: echo e.msg
