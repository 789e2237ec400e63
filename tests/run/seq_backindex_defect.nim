discard """
  disabled: "nim"
  output: '''
index -1 not in 0 .. 1
'''
"""
# The real Nim 1.6 reads out of bounds here; the manual's bounds check (section "Array and sequence types") decides.
var s = @[1, 2]
try:
  echo s[^3]
except IndexDefect as e:
  echo e.msg
