discard """
  output: '''
[1, 2, 3]
[1, 2, 0, 0]
77
[1.0, 4.0, 2.0, 5.0, 3.0, 6.0]
'''
"""
proc cat[A, B: static int](x: array[A, int], y: array[B, int]): array[A + B, int] =
  for i in 0..<A: result[i] = x[i]
  for i in 0..<B: result[A + i] = y[i]
echo cat([1, 2], [3])
proc dbl[N: static int](x: array[N, int]): array[N * 2, int] =
  for i in 0..<N: result[i] = x[i]
echo dbl([1, 2])
type Buf[N: static int] = object
  d: array[N * 2 + 1, byte]
var b: Buf[3]
echo b.d.len, sizeof(b)
type Mat[R, C: static int] = object
  d: array[R * C, float]
proc transpose[R, C: static int](m: Mat[R, C]): Mat[C, R] =
  for i in 0..<R:
    for j in 0..<C: result.d[j * R + i] = m.d[i * C + j]
var m = Mat[2, 3](d: [1.0, 2, 3, 4, 5, 6])
echo m.transpose.d
