discard """
output: '''
(on: true, level: 5, delta: -3, mode: loud, rest: 1000)
4 8 8
false 7 3
2
-4
(on: true, level: 1, delta: 0, mode: quiet, rest: 0)
true false
(on: true, level: 6, delta: 0, mode: loud, rest: 0)
16 4611686018427387903 -1
3 (on: false, level: 3, delta: 1, mode: quiet, rest: 9)
@[0, 1, 2, 3, 0]
'''
"""
type
  Mode = enum quiet, loud
  Flags = object
    on {.bitsize: 1.}: bool
    level {.bitsize: 3.}: cuint
    delta {.bitsize: 4.}: cint
    mode {.bitsize: 1.}: Mode
    rest: uint16
  Tight = object
    a {.bitsize: 20.}: cuint
    b {.bitsize: 12.}: cuint
    c {.bitsize: 1.}: cuint
    d: byte
    e {.bitsize: 9.}: uint16
  Wide = object
    a {.bitsize: 62.}: uint64
    b {.bitsize: 3.}: int64

var f = Flags(on: true, level: 5, delta: -3, mode: loud, rest: 1000)
echo f
echo sizeof(Flags), " ", sizeof(array[2, Flags]), " ", sizeof(Tight)

# What does not fit is cut off.
f.on = false
f.level = 15
f.delta = 3
echo f.on, " ", f.level, " ", f.delta
f.level -= 5
echo f.level
dec f.delta, 7
echo f.delta

const fixed = Flags(on: true, level: 1)
echo fixed
let same = fixed
echo same == fixed, " ", same == f

proc made(level: cuint): Flags =
  result.level = level
  result.on = true
  result.mode = loud
static: doAssert made(6).level == 6
const early = made(6)
echo early

var w: Wide
w.a = uint64.high
w.b = -1
echo sizeof(Wide), " ", w.a, " ", w.b

# Places with effects, in `seq`s and behind `ref`s.
var all = newSeq[Flags](3)
var calls = 0
proc next(): int =
  inc calls
  calls - 1
all[next()].level = cuint(next() + 2)
all[next()].rest = 9
all[0].delta = 1
all[0].rest = all[2].rest
echo calls, " ", all[0]
var r = (ref Flags)()
var seen: seq[int]
for i in 0 .. 4:
  r.level = cuint(i mod 4)
  seen.add int(r.level)
echo seen
