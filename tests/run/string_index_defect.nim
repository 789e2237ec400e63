discard """
  output: '''
index 3 not in 0 .. 2
index -1 not in 0 .. 2
index out of bounds, the container is empty
'''
"""
let s = "abc"
var i = 3
try:
  echo s[i]
except IndexDefect as e:
  echo e.msg
i = -1
try:
  echo s[i]
except IndexDefect as e:
  echo e.msg
var e = ""
try:
  e[i + 1] = 'x'
except IndexDefect as ex:
  echo ex.msg
