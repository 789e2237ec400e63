## The spectral norm of an infinite matrix, by the power method.
import std/[math, times]

proc a(i, j: int): float =
  1.0 / float((i + j) * (i + j + 1) div 2 + i + 1)

proc multiply(v: seq[float], into: var seq[float]) =
  for i in 0 ..< v.len:
    var sum = 0.0
    for j in 0 ..< v.len: sum += a(i, j) * v[j]
    into[i] = sum

proc multiplyTransposed(v: seq[float], into: var seq[float]) =
  for i in 0 ..< v.len:
    var sum = 0.0
    for j in 0 ..< v.len: sum += a(j, i) * v[j]
    into[i] = sum

proc norm(n: int): float =
  var u = newSeq[float](n)
  var v, w = newSeq[float](n)
  for x in u.mitems: x = 1.0
  for step in 1 .. 10:
    multiply(u, w)
    multiplyTransposed(w, v)
    multiply(v, w)
    multiplyTransposed(w, u)
  var vBv, vv = 0.0
  for i in 0 ..< n:
    vBv += u[i] * v[i]
    vv += v[i] * v[i]
  sqrt(vBv / vv)

let start = cpuTime()
let found = norm(700)
doAssert abs(found - 1.274223) < 1e-5
echo "time ", int((cpuTime() - start) * 1e9)
echo int(found * 1e9)
