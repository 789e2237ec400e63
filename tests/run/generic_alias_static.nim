discard """
  output: '''
[2, 4, 6]3
'''
"""
# A parameter in the place of an alias's static one is a number, also where it has no constraint of its own.
type Vector[N: static int, T] = array[N, T]
proc `+`[N, T](a, b: Vector[N, T]): Vector[N, T] =
  for i in 0 ..< N: result[i] = a[i] + b[i]
proc size[N, T](v: Vector[N, T]): int = N
let a: Vector[3, int] = [1, 2, 3]
echo a + a, size(a)
