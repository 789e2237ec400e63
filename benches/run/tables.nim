## Hash tables with numbers and with text as keys.
import std/[tables, times]

let start = cpuTime()
var total = 0

proc numbers(n: int): int =
  var t: Table[int, int]
  for i in 0 ..< n: t[i * 7919 mod 1_000_003] = i
  for i in 0 ..< n:
    if i in t: result += t[i]
  for i in 0 ..< n: t.mgetOrPut(i mod 1000, 0) += 1
  for k, v in t: result += k xor v
  result += t.len

proc words(n: int): int =
  var counts = initTable[string, int]()
  for i in 0 ..< n: inc counts.mgetOrPut("key" & $(i mod 5000), 0)
  for k, v in counts: result += k.len * v

for round in 1 .. 3: total += numbers(200_000)
for round in 1 .. 3: total += words(200_000)
echo "time ", int((cpuTime() - start) * 1e9)
doAssert total == 314_188_249_185
echo total
