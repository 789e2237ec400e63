discard """
  output: '''
000.0false0[]@[]first(a: 0, b: "")true{}true
0[]0.0true[false, false]
'''
"""
# A variable without a value is zero of its type.
type
  E = enum first, second
  O = object
    i: int
    s: string
    f: float
    r: ref int
    a: array[2, bool]
var
  i: int
  u: uint8
  f: float
  b: bool
  c: char
  s: string
  q: seq[int]
  e: E
  o: O
  t: tuple[a: int, b: string]
  p: pointer
  st: set[char]
  pr: proc (x: int): int
echo i, u, f, b, ord(c), "[", s, "]", q, e, t, p == nil, st, pr == nil
echo o.i, "[", o.s, "]", o.f, o.r == nil, o.a
