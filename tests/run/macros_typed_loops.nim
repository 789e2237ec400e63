discard """
  output: '''
0
1
2
5
6
0a
1b
7
caught
1
4
4
1
4
4
8
'''
"""
# What a typed argument declares in its loops and blocks is declared again where the macro puts it.
import std/macros
macro same(x: typed): untyped = x
macro twice(x: typed): untyped = newStmtList(x, copyNimTree(x))

same:
  for i in 0 .. 2: echo i
  for j in [5, 6]: echo j
proc inside() =
  same:
    for i, c in "ab":
      echo i, c
    if true:
      let y = 7
      echo y
    try: raise newException(ValueError, "caught")
    except ValueError as e: echo e.msg
  twice:
    for i in 1 .. 2:
      let square = i * i
      echo square
    block:
      var n = 3
      inc n
      echo n
inside()
proc apply(f: proc (x: int): int): int = f(4)
echo same(apply(proc (x: int): int = x * 2))
