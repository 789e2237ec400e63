discard """
  output: '''
37
'''
"""
# A type after the dot says which of several routines is meant.
type Op = proc (a, b: int): int {.nimcall.}
proc add(a, b: int): int = a + b
proc add(a, b: string): string = a & b
let op = add.Op
echo op(1, 2), Op(add)(3, 4)
