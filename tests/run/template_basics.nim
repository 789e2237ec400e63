discard """
  output: '''
10 2 b
2 1
5 3
log: hi
true
6.25 12.5
'''
"""
template twice(x: int): int = x * 2
template maxOf(a, b: untyped): untyped =
  if a > b: a else: b
template log(msg: string) =
  when true: echo "log: " & msg
template `!=~`(a, b: int): bool = not (a == b)
var evals = 0
proc next(): int =
  inc evals
  evals
echo twice(5), " ", maxOf(1, 2), " ", maxOf("b", "a")
echo twice(next()), " ", evals
template dup(x: untyped): untyped = x + x
echo dup(next()), " ", evals
log "hi"
echo 1 !=~ 2
template pi2: float = 6.25
echo pi2, " ", pi2() * 2
