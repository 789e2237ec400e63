discard """
  output: '''
[1, 2, 3][4, 5, 6]
22
A [1, 2, 3]
A [1, 2, 3]
true
a c
5 7
0 2
[1, 10, 3]
[1, 10, 3]
@[[1, 2, 3], [1, 10, 3]]
'''
"""
# An array fits where another of the same length and elements is wanted, whatever both are indexed by.
type E = enum a, b, c
type A = array[E, int]
type B = array[5..7, int]
let data = [[1,2,3],[4,5,6]]
proc f(i: int): A = data[i]
var x: A = data[1]
x = data[0]
var y: B = x
echo y, f(1)
proc g(a: array[3, int]): int = a[1]
echo g(y), g(x)
proc h(a: A) = echo "A ", a
h(data[0])
h(y)
echo x == y
proc k[I](a: array[I, int]) = echo I.low, " ", I.high
k(x); k(y); k(data[0])
proc v(a: var A) = a[b] = 10
var z = [1,2,3]
v(z); echo z
v(y); echo y
let s = @[x, y]
echo s
