discard """
  output: '''
[[14, 32], [32, 77]]
[[1, 4], [2, 5], [3, 6]]
'''
"""
type Matrix[R, C: static int] = array[R, array[C, int]]
proc `*`[R, N, C: static int](a: Matrix[R, N], b: Matrix[N, C]): Matrix[R, C] =
  for i in 0 ..< R:
    for j in 0 ..< C:
      for k in 0 ..< N: result[i][j] += a[i][k] * b[k][j]
proc transpose[R, C: static int](m: Matrix[R, C]): Matrix[C, R] =
  for i in 0 ..< R:
    for j in 0 ..< C: result[j][i] = m[i][j]
let a: Matrix[2, 3] = [[1, 2, 3], [4, 5, 6]]
let t = transpose(a)
echo a * t
echo t
