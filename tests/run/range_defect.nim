discard """
  output: '''
value out of range: 150 notin 0 .. 100
value out of range: 101 notin 0 .. 100
value out of range: -1 notin 0 .. 9223372036854775807
value out of range: -1 notin 0 .. 100
'''
"""
type Percent = range[0..100]
var x = 150
try:
  let p: Percent = x
  echo p
except RangeDefect as e:
  echo e.msg
var p: Percent = 99
try:
  p = p + 2
  echo p
except RangeDefect as e:
  echo e.msg
proc take(n: Natural) = echo n
x = -1
try:
  take(x)
except RangeDefect as e:
  echo e.msg
try:
  p = Percent(x)
except RangeDefect as e:
  echo e.msg
