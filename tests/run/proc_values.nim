discard """
  output: '''
10
25
6 9
14
49
sq16
101
true true true
'''
"""
# Procs as values: in variables, parameters, arrays and fields.
proc double(x: int): int = x * 2
proc square(x: int): int = x * x
var f: proc (x: int): int {.nimcall.} = double
echo f(5)
f = square
echo f(5)
proc apply(f: proc (x: int): int, n: int): int = f(n)
echo apply(double, 3), " ", apply(square, 3)
let table = [double, square]
for g in table: echo g(7)
type Handler = object
  name: string
  run: proc (x: int): int {.nimcall.}
let h = Handler(name: "sq", run: square)
echo h.name, h.run(4)
echo apply(proc (x: int): int = x + 100, 1)
var none: proc ()
echo none == nil, " ", none.isNil, " ", f == square
