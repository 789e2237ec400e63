discard """
  output: '''
big
five
odd
pos!
11
-101
raised
'''
"""
let x = 5
if x > 3: echo "big"
if x < 3:
  echo "small"
elif x == 5:
  echo "five"
else:
  echo "other"
let s = if x mod 2 == 0: "even" else: "odd"
echo s
let t =
  if x < 0:
    "neg"
  elif x == 0: "zero"
  else:
    let r = "pos"
    r & "!"
echo t
echo (if true: 1 else: 2) + 10
proc sign(n: int): int =
  if n < 0: -1
  elif n > 0: 1
  else: 0
echo sign(-9), sign(0), sign(4)
try:
  let y = if x > 100: 1 else: raise newException(ValueError, "raised")
  echo y
except ValueError as e:
  echo e.msg
