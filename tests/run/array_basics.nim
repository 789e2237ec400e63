discard """
  output: '''
[1, 2, 3] 3 1 3 0 2
1
20
3
0:1
1:20
2:3
[0, 0, 0, 0, 0]
["", "mid", ""] 2 4 3
[1, 20, 3] [99, 20, 3] false true
40 array[0..2, int] true
'''
"""
var a = [1, 2, 3]
echo a, " ", a.len, " ", a[0], " ", a[^1], " ", low(a), " ", high(a)
a[1] = 20
for x in a: echo x
for i, x in a: echo i, ":", x
var b: array[5, int]
echo b
var c: array[2..4, string]
c[3] = "mid"
echo c, " ", low(c), " ", high(c), " ", len(c)
let d = a
a[0] = 99
echo d, " ", a, " ", a == d, " ", a == [99, 20, 3]
echo sizeof(b), " ", typeof(a), " ", 20 in a
