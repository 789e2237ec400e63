discard """
  output: '''
1
in iter
1
iter fin
iter fin
body
c0
c1
c2
'''
"""
proc thrower(): iterator(): int =
  iterator it(): int {.closure.} =
    yield 1
    raise newException(ValueError, "in iter")
  it
let t = thrower()
try:
  for x in t(): echo x
except ValueError as e: echo e.msg
iterator inl(): int =
  try:
    yield 1
    yield 2
  finally:
    echo "iter fin"
for x in inl():
  echo x
  if x == 1: break
try:
  for x in inl():
    if x == 2: raise newException(IOError, "body")
except IOError as e: echo e.msg
var fns: seq[proc()]
proc mkf(i: int): proc() =
  result = proc() = raise newException(KeyError, "c" & $i)
for i in 0..2: fns.add mkf(i)
for f in fns:
  try: f()
  except KeyError as e: echo e.msg
