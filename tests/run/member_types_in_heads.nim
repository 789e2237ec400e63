discard """
  output: '''
2.51.0[1.0, 0.0, 0.0, 0.0, 0.0, 2.5]
@[0.0, 0.0, 2.5]
7x@["q"]
'''
"""
# The type of a parameter or a result that an argument has as its own: a generic parameter by its name.
type
  Matrix*[M, N: static int; T] = object
    data: array[M*N, T]
  Pair[A, B] = object
    a: A
    b: B
proc `[]`*(M: Matrix; m, n: int): M.T =
  M.data[m * M.N + n]
proc `[]=`*(M: var Matrix; m, n: int; v: M.T) =
  M.data[m * M.N + n] = v
proc row(m: Matrix; r: int): seq[m.T] =
  for c in 0 ..< m.N: result.add m[r, c]
proc withA(p: Pair; a: p.A; more: seq[p.B]): string = $a & $p.b & $more
var m: Matrix[2, 3, float]
m[1, 2] = 2.5
m[0, 0] = 1.0
echo m[1, 2], m[0, 0], m.data
echo row(m, 1)
echo withA(Pair[int, string](a: 1, b: "x"), 7, @["q"])
