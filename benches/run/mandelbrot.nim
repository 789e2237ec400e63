## How many points of a grid belong to the Mandelbrot set, and a bitmap of them.
import std/[times]

const
  size = 600
  limit = 50

proc bitmap(): seq[uint8] =
  result = newSeqOfCap[uint8](size * size div 8)
  for py in 0 ..< size:
    var bits = 0'u8
    for px in 0 ..< size:
      let cr = 2.0 * float(px) / size - 1.5
      let ci = 2.0 * float(py) / size - 1.0
      var zr, zi, tr, ti = 0.0
      var steps = 0
      while steps < limit and tr + ti <= 4.0:
        zi = 2.0 * zr * zi + ci
        zr = tr - ti + cr
        tr = zr * zr
        ti = zi * zi
        inc steps
      bits = bits shl 1
      if tr + ti <= 4.0: bits = bits or 1
      if px mod 8 == 7:
        result.add bits
        bits = 0

proc ones(bits: seq[uint8]): int =
  for b in bits:
    var rest = b
    while rest != 0:
      rest = rest and (rest - 1)
      inc result

let start = cpuTime()
var total = 0
for round in 1 .. 4: total += ones(bitmap())
doAssert total == 571784, $total
echo "time ", int((cpuTime() - start) * 1e9)
echo total
