discard """
  output: '''
9
9
x!
16
ac
11
5
3
none|
one|
two|
many|
5
42 42
'''
"""
# A `finally` or `defer` sees the result that the last expression gives, and may change it.
proc a(): int =
  defer: result = 9
  5
echo a()
proc b(): int =
  try: 5
  finally: result = 9
echo b()
proc c(): string =
  defer: result.add "!"
  "x"
echo c()
proc d(): int =
  try:
    6
  except: 7
  finally:
    result += 10
echo d()
proc e(x: bool): string =
  try:
    if x: "a" else: "b"
  finally:
    result.add "c"
echo e(true)
proc f(): int =
  defer: inc result
  if true:
    case 1
    of 1: 10
    else: 20
  else: 3
echo f()
let g = proc(): int =
  defer: inc result
  4
echo g()
proc h(): int =
  block:
    defer: inc result
    3
echo h()
proc branches(x: int): string =
  try:
    case x
    of 0: raise newException(ValueError, "v")
    of 1: "one"
    else:
      if x == 2: "two" else: "many"
  except ValueError:
    "none"
  finally:
    result.add "|"
for x in 0 .. 3: echo branches(x)
proc returned(): int =
  return (try: 4 finally: inc result)
echo returned()
proc noted(x: var int): int =
  defer: x = result
  42
var note = 0
echo noted(note), " ", note
