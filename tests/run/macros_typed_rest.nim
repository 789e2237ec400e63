discard """
  output: '''
a
a+b
a-b
'''
"""
# What stands behind the rest of the arguments does not become part of it when a typed argument comes back.
import macros
macro same(x: typed): untyped = x
proc joined(parts: varargs[string], sep = "-"): string =
  for i, part in parts:
    if i > 0: result.add sep
    result.add part
same: echo joined("a", "b")
same: echo joined("a", "b", sep = "+")
same: echo joined(["a", "b"])
