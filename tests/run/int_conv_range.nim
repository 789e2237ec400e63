discard """
  output: '''
value out of range: 300 notin -128 .. 127
value out of range: -129 notin -128 .. 127
value out of range: 70000 notin -32768 .. 32767
127 112
'''
"""
# A conversion to a signed type that does not hold the value raises RangeDefect; to an unsigned type it wraps.
var n = 300
try:
  echo int8(n)
except RangeDefect as e:
  echo e.msg
n = -129
try:
  echo n.int8
except RangeDefect as e:
  echo e.msg
var w = 70000
try:
  echo int16(w)
except RangeDefect as e:
  echo e.msg
echo uint8(n), " ", uint8(w)
