discard """
  output: '''
26
2
ab
-5
3.5
-2
10.0
'''
"""
# Integer literals at the ends of branches fit what one literal would; `auto` leaves a variable's type open.
proc tz(x: uint32): int32 = int32(x mod 3)
proc f(q: uint32): int32 =
  if q > 5: return tz(if q == 0: 1'u32 else: q) + (if q == 0: 6 else: 4)
  else:
    let r = q
    return tz(r) + (case q
      of 0: 1
      else: 2)
echo f(3), f(8)
let dec: auto = f(3)
echo dec
var au: auto = "a"
au.add "b"
echo au
let k: int32 = tz(3) * 2 - (if au.len > 1: 5 else: 0)
echo k
const ca: auto = 3.5
echo ca
proc floorDiv(x: int32, n: int32): int32 = x shr n
let k2: int32 = floorDiv(k * 1262611 - (if true: 524031 else: 0), 22)
echo k2
echo 2.5 * (if k > 0: 2 else: 4)
