discard """
  output: '''
B["A", "B", "C"]
12two
a0 b5 c0 
1 2 3 4 5 6 23
[@[], @[7], @[]]
tf
[1.0, 2.0, 3.0]
'''
"""
# Arrays with named indexes, of enum and char index.
type E = enum ea, eb, ec
let a: array[E, string] = [ea: "A", eb: "B", ec: "C"]
echo a[eb], a
let b = [1: "one", 2: "two"]
echo low(b), high(b), b[2]
var c: array['a'..'c', int]
c['b'] = 5
for i, x in c: stdout.write i, x, " "
echo ""
let nested = [[1, 2, 3], [4, 5, 6]]
for row in nested:
  for x in row: stdout.write x, " "
echo nested.len, nested[0].len
var d: array[3, seq[int]]
d[1].add(7)
echo d
var e: array[bool, char] = ['f', 't']
echo e[true], e[1 > 2]
let mixed = [1.0, 2, 3]
echo mixed
