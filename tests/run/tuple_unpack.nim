discard """
  output: '''
1 one
323
one
2 3
2
1a
2b
0k11
1k22
(55, 89)
'''
"""
proc pair(): (int, string) = (1, "one")
let (a, b) = pair()
echo a, " ", b
var (x, y, z) = (1, 2, 3)
x += y
echo x, y, z
let (_, second) = pair()
echo second
(x, y) = (y, x)
echo x, " ", y
let nested = ((1, 2), "n")
echo nested[0][1]
for (i, s) in [(1, "a"), (2, "b")]: echo i, s
for i, (k, v) in [("k1", 1), ("k2", 2)]: echo i, k, v
var fib = (0, 1)
for _ in 1..10: fib = (fib[1], fib[0] + fib[1])
echo fib
