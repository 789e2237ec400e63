discard """
  output: '''
index 3 not in 0 .. 2
index -1 not in 0 .. 2
index 2 not in 5 .. 7
[1, 2, 3]
'''
"""
var a = [1, 2, 3]
var i = 3
try:
  a[i] = 1
except IndexDefect as e:
  echo e.msg
i = -1
try:
  echo a[i]
except IndexDefect as e:
  echo e.msg
var b: array[5..7, int]
i = 2
try:
  echo b[i]
except IndexDefect as e:
  echo e.msg
echo a
