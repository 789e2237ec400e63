discard """
  output: '''
1x
y2true
'''
"""
using
  a: int
  s: string
proc f(a, s) = echo a, s
proc g(s; a; extra: bool) = echo s, a, extra
f(1, "x")
g("y", 2, true)
