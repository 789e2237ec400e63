discard """
  output: '''
a
b
2
c
d
0,1,
1z
4
4
'''
"""
if true: echo "a"; echo "b"
var x = 1; x += 1; echo x
block: echo "c"; echo "d"
for i in 0..1: stdout.write i; stdout.write ","
echo ""
proc f(a: int; b: string): string = (let t = $a; t & b)
echo f(1, "z")
let y = (var q = 3; q += 1; q)
echo y
while x < 4: inc x; inc x
echo x
