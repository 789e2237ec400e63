discard """
  disabled: nim
  output: '''
a-b
a+b
a-b
'''
"""
# What stands behind the rest of the arguments does not become part of it when a typed argument comes back. (The real Nim prints `a` and
# `a+b`: it takes the first argument for all of the rest.)
import macros
macro same(x: typed): untyped = x
proc joined(parts: varargs[string], sep = "-"): string =
  for i, part in parts:
    if i > 0: result.add sep
    result.add part
same: echo joined("a", "b")
same: echo joined("a", "b", sep = "+")
same: echo joined(["a", "b"])
