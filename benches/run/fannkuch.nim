## All permutations of nine numbers, and how often each can be flipped.
import std/[times]

proc fannkuch(n: int): (int, int) =
  var perm = newSeq[int](n)
  var perm1 = newSeq[int](n)
  var count = newSeq[int](n)
  for i in 0 ..< n: perm1[i] = i
  var maxFlips, checksum, permCount = 0
  var r = n
  while true:
    while r != 1:
      count[r - 1] = r
      dec r
    for i in 0 ..< n: perm[i] = perm1[i]
    var flips = 0
    var k = perm[0]
    while k != 0:
      var i = 0
      var j = k
      while i < j:
        swap(perm[i], perm[j])
        inc i
        dec j
      inc flips
      k = perm[0]
    maxFlips = max(maxFlips, flips)
    if permCount mod 2 == 0: checksum += flips
    else: checksum -= flips
    while true:
      if r == n: return (checksum, maxFlips)
      let first = perm1[0]
      for i in 0 ..< r: perm1[i] = perm1[i + 1]
      perm1[r] = first
      dec count[r]
      if count[r] > 0: break
      inc r
    inc permCount

let start = cpuTime()
let found = fannkuch(9)
doAssert found == (8629, 30)
echo "time ", int((cpuTime() - start) * 1e9)
echo found
