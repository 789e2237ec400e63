discard """
  output: '''
index 2 not in 0 .. 1
index out of bounds, the container is empty
index 5 not in 0 .. 1
@[1, 2]
'''
"""
var s = @[1, 2]
try:
  echo s[2]
except IndexDefect as e:
  echo e.msg
var e: seq[int]
try:
  echo e[0]
except IndexDefect as ex:
  echo ex.msg
var n = 5
try:
  s[n] = 1
except IndexDefect as ex:
  echo ex.msg
echo s
