discard """
  output: '''
small bigger @[1]@[1, 2](3, 3)("a", "a")
8
'''
"""
# `result` of an `auto` routine has the type of what is assigned to it first.
proc size(x: int): auto =
  if x > 3:
    result = "big"
    result.add "ger"
  else: result = "small"
proc list(short: bool): auto =
  result = @[1]
  if short: return
  result.add 2
template both(x: untyped): untyped = (x, x)
proc pair[T](a: T): auto =
  result = both(a)
  result[0] = a
let double = proc (x: int): auto = result = x * 2
echo size(2), " ", size(5), " ", list(true), list(false), pair(3), pair("a")
echo double(4)
