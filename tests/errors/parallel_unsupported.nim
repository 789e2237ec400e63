discard """
  errormsg: "not supported yet: 'parallel'"
  line: 10
  disabled: "nim"
"""
# `parallel` hands out parts of arrays after a proof that they do not overlap; the real Nim has it.
import std/threadpool
proc f(x: int): int = x
var a: array[2, int]
parallel:
  for i in 0 .. 1: a[i] = spawn f(i)
