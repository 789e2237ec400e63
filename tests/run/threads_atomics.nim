discard """
  output: '''
12000 -32 12000 -24000
true 30003 12000 12000
12000 5 5 -2
false -2 true 1
falsefalsetrue
blue
1.52.5
true
77true1
'''
"""
# Atomics of all widths under contention, and other values under their lock.
import std/atomics
var
  a: Atomic[int]
  b: Atomic[int8]
  c: Atomic[uint16]
  d: Atomic[int32]
  flags: Atomic[uint64]
  best: Atomic[int]
  spin: AtomicFlag
  plain, counter: int
  order: Atomic[bool]
const rounds = 3000
proc works(n: int) {.thread.} =
  for i in 1 .. rounds:
    a += 1
    discard b.fetchAdd(1)
    c.atomicInc
    d.atomicDec(2)
    discard flags.fetchOr(1'u64 shl (i mod 60))
    var seen = best.load
    let mine = i * 10 + n
    while mine > seen and not best.compareExchange(seen, mine): discard
    while spin.testAndSet: discard
    inc plain
    spin.clear
    atomicInc(counter)
var ts: array[4, Thread[int]]
for i, t in ts.mpairs: createThread(t, works, i)
joinThreads ts
echo a.load, " ", b.load, " ", c.load, " ", d.load
echo flags.load == (1'u64 shl 60) - 1, " ", best.load, " ", plain, " ", counter
echo a.exchange(5), " ", a.load, " ", a.fetchSub(7), " ", a.load
var e = 3
echo a.compareExchange(e, 1), " ", e, " ", a.compareExchange(e, 1), " ", a.load
echo order.load, order.exchange(true), order.load
type Color = enum red, green, blue
var color: Atomic[Color]
color.store(blue)
echo color.load
var f: Atomic[float]
f.store(1.5)
echo f.exchange(2.5), f.load
var p: Atomic[ptr int]
p.store(addr plain)
echo p.load[] == plain
proc stores(n: int) {.thread.} =
  {.cast(gcsafe).}:
    for i in 1 .. 200: a.store(n)
createThread(ts[0], stores, 77)
joinThread ts[0]
echo a.load, cas(addr counter, 12000, 1), counter
