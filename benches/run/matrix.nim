## The product of two dense matrices.
import std/[times]

type Matrix = seq[seq[float]]

proc generate(n: int, seed: float): Matrix =
  result = newSeq[seq[float]](n)
  let scale = seed / float(n) / float(n)
  for i in 0 ..< n:
    result[i] = newSeq[float](n)
    for j in 0 ..< n: result[i][j] = scale * float(i - j) * float(i + j)

proc transposed(m: Matrix): Matrix =
  result = newSeq[seq[float]](m.len)
  for i in 0 ..< m.len:
    result[i] = newSeq[float](m.len)
    for j in 0 ..< m.len: result[i][j] = m[j][i]

proc `*`(a, b: Matrix): Matrix =
  let n = a.len
  let bt = transposed(b)
  result = newSeq[seq[float]](n)
  for i in 0 ..< n:
    result[i] = newSeq[float](n)
    for j in 0 ..< n:
      var sum = 0.0
      for k in 0 ..< n: sum += a[i][k] * bt[j][k]
      result[i][j] = sum

let start = cpuTime()
const n = 400
let c = generate(n, 1.0) * generate(n, 2.0)
let middle = c[n div 2][n div 2]
doAssert abs(middle + 76.167917) < 1e-5, $middle
echo "time ", int((cpuTime() - start) * 1e9)
echo int(middle * 1e6)
