discard """
  output: '''
false
in
true
twice
8815
true9false9
10101423
falsetrue
falsetrue
true
'''
"""
# Locks, conditions and atomics of a program with one thread.
import std/[locks, rlocks, atomics, cpuinfo]
var l: Lock
initLock l
acquire l
echo tryAcquire(l)
release l
withLock l: echo "in"
echo tryAcquire(l)
release l
deinitLock l
var r: RLock
initRLock r
withRLock r:
  withRLock r: echo "twice"
deinitRLock r
var a: Atomic[int]
a.store 5
a += 3
echo a.load, a.exchange(1), a.fetchAdd(4), a.load
var e = 5
echo a.compareExchange(e, 9), a.load, a.compareExchange(e, 1), e
atomicInc a
echo a.load, a.fetchOr(6), a.fetchAnd(2), a.fetchXor(1), a.load
var f: AtomicFlag
echo f.testAndSet, f.testAndSet
f.clear
echo f.testAndSet, countProcessors() > 0
var g: Atomic[bool]
g.store(true); echo g.load
var c: Cond
initCond c
signal c
broadcast c
deinitCond c
