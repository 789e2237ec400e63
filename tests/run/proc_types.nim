discard """
  output: '''
7 -1
a!
b!
6 4
'''
"""
# Named proc types, procs that return procs.
type
  BinOp = proc (a, b: int): int {.nimcall.}
  Visit = proc (s: string)
proc plus(a, b: int): int = a + b
proc minus(a, b: int): int = a - b
proc pick(c: char): BinOp =
  case c
  of '+': plus
  else: minus
echo pick('+')(3, 4), " ", pick('-')(3, 4)
proc each(xs: seq[string], v: Visit) =
  for x in xs: v(x)
proc shout(s: string) = echo s & "!"
each(@["a", "b"], shout)
proc fold(xs: openArray[int], op: BinOp, start = 0): int =
  result = start
  for x in xs: result = op(result, x)
echo fold([1, 2, 3], plus), " ", fold([1, 2, 3], minus, 10)
