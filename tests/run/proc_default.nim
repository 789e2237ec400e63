discard """
  output: '''
12x 15x 15y 12z 92q
9 4
0,0 1,0 0,4 1,2n 0,0only
12103
'''
"""
proc p(a: int, b = 2, c = "x"): string = $a & $b & c
echo p(1), " ", p(1, 5), " ", p(1, 5, "y"), " ", p(1, c = "z"), " ", p(c = "q", a = 9)
proc dependent(a: int, b: int = a * 2): int = a + b
echo dependent(3), " ", dependent(3, 1)
proc many(x, y: int = 0, name: string = ""): string = $x & "," & $y & name
echo many(), " ", many(1), " ", many(y = 4), " ", many(1, 2, "n"), " ", many(name = "only")
var calls = 0
proc next(): int =
  inc calls
  calls
proc eachTime(x = next()): int = x
echo eachTime(), eachTime(), eachTime(10), eachTime()
