discard """
  output: '''
first (x: 1)
second (y: "s", z: 1.5) q
t t 5
if
outer
1
10
(k: 'c')
(m: true, n: "n")
b
'''
"""
# Blocks of the top level, and scopes of a routine, have types and routines of their own, whatever they are called.
proc f(x: int): string = "outer"
block:
  proc f(x: int): string = "first"
  type A = object
    x: int
  echo f(1), " ", A(x: 1)
block:
  proc f(x: int): string = "second"
  type A = object
    y: string
    z: float
  type E = enum p, q
  echo f(1), " ", A(y: "s", z: 1.5), " ", q
block:
  type E = enum r, s, t
  type A = ref object
    w: int
  echo t, " ", E.high, " ", A(w: 5).w
if true:
  proc f(x: int): string = "if"
  echo f(1)
echo f(1)
block:
  iterator items(n: int): int = yield n
  for x in 1: echo x
block:
  iterator items(n: int): int = yield n * 10
  for x in 1: echo x
proc local() =
  type A = object
    k: char
  echo A(k: 'c')
  block:
    type A = object
      m: bool
      n: string
    echo A(m: true, n: "n")
  block:
    type A = enum a, b
    echo b
local()
