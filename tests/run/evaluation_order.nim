discard """
  output: '''
12345678123456
'''
"""
# Arguments, operands and indexes are evaluated from left to right.
var trace = ""
proc t(n: int): int =
  trace.add($n)
  n
proc f(a, b, c: int): int = a + b + c
discard f(t(1), t(2), t(3))
discard t(4) + t(5) * t(6)
var a: array[10, int]
a[t(7)] = t(8)
discard [t(1), t(2)]
discard (t(3), t(4))
if t(5) < t(6): discard
echo trace
