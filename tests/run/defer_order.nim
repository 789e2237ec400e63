discard """
  output: '''
d2 1
d1 1
2
d2 3
d1 3
big
in block
block defer
body 0
loop defer 0
body 1
loop defer 1
'''
"""
proc f(x: int): int =
  defer: echo "d1 ", x
  defer:
    echo "d2 ", x
  if x > 2: raise newException(ValueError, "big")
  result = x * 2
echo f(1)
try: echo f(3)
except ValueError: echo getCurrentExceptionMsg()
block:
  defer: echo "block defer"
  echo "in block"
for i in 0..1:
  defer: echo "loop defer ", i
  echo "body ", i
