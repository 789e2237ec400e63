discard """
  output: '''
615159
[2, 4, 6]@[8, 10, 12]
10180:a 1:b 2:c 0:2 1:4 2:6 
@[8, 20, 24]
<1><2.5><x><c><true><p><q>
1,2,3,4+5+
3a
y3eaec
eax
eby
ecz
["ea!", "eb!", "ec!"]
[[1, 2, 3], [0, 0, 5]]223
[7, 0, 0, 0, 0]-2
[0, 3, 0]
1 2 3 4 
b
@[99, 21, 24]
113
[3.0, 3.0, 12.0, 12.0]
intseq[string]
33.0
65.0
3s
truetruetrue
index 8 not in 0 .. 2
index -4 not in -2 .. 2
621@[2, 4]@[21, 24]2
'''
"""
# Open arrays, varargs with conversions, arrays over enums and ranges, static sizes.
proc sum(xs: openArray[int]): int =
  for x in xs: result += x
proc dbl(xs: var openArray[int]) =
  for x in xs.mitems: x *= 2
proc show[T](xs: openArray[T]): string =
  for i, x in xs: result.add $i & ":" & $x & " "
var a = [1, 2, 3]
var s = @[4, 5, 6]
echo sum(a), sum(s), sum([7, 8]), sum(@[9])
dbl(a); dbl(s)
echo a, s
echo sum(a.toOpenArray(1, 2)), sum(toOpenArray(s, 0, 1)), show("abc"), show(a)
dbl(toOpenArray(s, 1, 2))
echo s
proc va(xs: varargs[string, `$`]): string =
  for x in xs: result.add "<" & x & ">"
echo va(1, 2.5, "x", 'c', true), va(), va(@["p", "q"])
proc va2(sep: string, xs: varargs[int]): string =
  for x in xs: result.add $x & sep
echo va2(",", 1, 2, 3), va2(";"), va2("+", [4, 5])
proc first[T](xs: varargs[T]): T = xs[0]
echo first(3, 4), first("a", "b")
type E = enum ea, eb, ec
var ae: array[E, string] = ["x", "y", "z"]
echo ae[eb], ae.len, low(ae), high(ae)
for e, v in ae: echo e, v
for e in E: ae[e] = $e & "!"
echo ae
var m: array[2, array[3, int]]
m[1][2] = 5
m[0] = [1, 2, 3]
echo m, m[0][1], m.len, m[0].len
var neg: array[-2..2, int]
neg[-2] = 7
echo neg, low(neg)
var ch: array['a'..'c', int]
ch['b'] = 3
echo ch
let mm = [[1, 2], [3, 4]]
for row in mm:
  for c in row: stdout.write c, " "
echo ""
proc lst(s: seq[string]): lent string = s[s.high]
echo lst(@["a", "b"])
proc at(s: var seq[int], i: int): var int = s[i]
at(s, 0) = 99
at(s, 1).inc
echo s
proc mat[R, C: static int](m: array[R, array[C, int]]): int =
  for i in 0..<R:
    for j in 0..<C: result += m[i][j]
echo mat(m), mat([[1],[2]])
type Mat[R, C: static[int]] = object
  d: array[R * C, float]
proc `[]`[R, C](m: Mat[R, C], i, j: int): float = m.d[i * C + j]
proc `[]=`[R, C](m: var Mat[R, C], i, j: int, v: float) = m.d[i * C + j] = v
proc `*`[A, B, C](x: Mat[A, B], y: Mat[B, C]): Mat[A, C] =
  for i in 0..<A:
    for j in 0..<C:
      for k in 0..<B: result[i, j] = result[i, j] + x[i, k] * y[k, j]
var ma: Mat[2, 3]
var mb: Mat[3, 2]
for i in 0..5: ma.d[i] = i.float; mb.d[i] = 1
echo (ma * mb).d
proc tname(T: typedesc): string = $T
echo tname(int), tname(seq[string])
proc mk(T: typedesc[int | float]): T = T(3)
echo mk(int), mk(float)
proc au(x: auto): auto = x + x
echo au(3), au(2.5)
proc an(x: any): string = $x
echo an(3), an("s")
echo [1, 2] == [1, 2], @[1] == @[1], a == [2, 4, 6]
try: echo a[s.len + 5]
except IndexDefect as e: echo e.msg
try:
  var i = -1
  echo neg[i * 4]
except IndexDefect as e: echo e.msg
echo a[^1], s[^2], a[0..1], s[1..^1], a[a.low]
