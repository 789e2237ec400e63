discard """
  output: '''
0.0 1.0 2.0; 3.0 4.0 5.0
0.0 1.0 2.0; 3.0 4.0 5.0
index 2 not in 0 .. 1
root 2.0
none 0.5
UnpackDefect
some(5)none(int8)
2348
'''
"""
# Matrix with checks and operators, generic; results as options; conversions.
import options, math
type
  Matrix[R, C: static int] = object
    data: array[R, array[C, float]]
  ShapeError = object of ValueError
proc `[]`[R, C](m: Matrix[R, C], r, c: int): float = m.data[r][c]
proc `[]=`[R, C](m: var Matrix[R, C], r, c: int, v: float) = m.data[r][c] = v
proc `*`[A, B, C: static int](x: Matrix[A, B], y: Matrix[B, C]): Matrix[A, C] =
  for i in 0 ..< A:
    for j in 0 ..< C:
      for k in 0 ..< B: result[i, j] = result[i, j] + x[i, k] * y[k, j]
proc `$`[R, C](m: Matrix[R, C]): string =
  for i in 0 ..< R:
    if i > 0: result.add "; "
    for j in 0 ..< C:
      if j > 0: result.add " "
      result.add $m[i, j]
proc identity[N: static int](): Matrix[N, N] =
  for i in 0 ..< N: result[i, i] = 1
var m: Matrix[2, 3]
for i in 0..1:
  for j in 0..2: m[i, j] = float(i * 3 + j)
echo m
echo m * identity[3]()
try: m[2, 0] = 1
except IndexDefect as e: echo e.msg
proc root(x: float): Option[float] =
  if x < 0: none(float) else: some(sqrt(x))
for v in [4.0, -1.0]:
  let r = root(v)
  if r.isSome: echo "root ", r.get
  else: echo "none ", r.get(0.5)
try: echo root(-1).get
except UnpackDefect as e: echo e.name
proc toSmall(x: int): Option[int8] =
  try: some(int8(x))
  except RangeDefect: none(int8)
echo toSmall(5), toSmall(500)
echo m.data.len, m.data[0].len, sizeof(m)
