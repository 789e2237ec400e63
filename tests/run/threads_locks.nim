discard """
  output: '''
20000
6000
player 0 round 1
player 1 round 1
player 2 round 1
player 0 round 2
player 1 round 2
player 2 round 2
player 0 round 3
player 1 round 3
player 2 round 3
free: false
early
late
woken 0
'''
"""
# Locks under contention, recursive ones, conditions, and guarded variables.
import std/[locks, rlocks, os]
var l: Lock
var r: RLock
var c: Cond
var count {.guard: l.}: int
var turn {.guard: l.}: int
initLock l
initRLock r
initCond c
proc counts() {.thread.} =
  for i in 1 .. 5000:
    withLock l: count += 1
var ts: array[4, Thread[void]]
for t in ts.mitems: createThread(t, counts)
joinThreads ts
withLock l: echo count

var nested: int
proc twice(n: int) {.thread.} =
  for i in 1 .. 2000:
    withRLock r:
      let before = nested
      withRLock r: nested = before + 1
var rs: array[3, Thread[int]]
for i, t in rs.mpairs: createThread(t, twice, i)
joinThreads rs
echo nested

# In turns.
proc player(me: int) {.thread.} =
  for i in 1 .. 3:
    acquire l
    {.locks: [l].}:
      while turn != me: wait(c, l)
      echo "player ", me, " round ", i
      turn = (turn + 1) mod 3
    broadcast c
    release l
for i, t in rs.mpairs: createThread(t, player, i)
joinThreads rs

# Who has a lock keeps others out.
proc tries() {.thread.} = echo "free: ", tryAcquire(l)
acquire l
createThread(ts[0], tries)
joinThread(ts[0])
release l
proc late() {.thread.} =
  withLock l: echo "late"
acquire l
createThread(ts[0], late)
sleep 30
echo "early"
release l
joinThread(ts[0])
# One signal wakes one.
var woken {.guard: l.}: int
proc sleeper() {.thread.} =
  acquire l
  {.locks: [l].}:
    while woken == 0: wait(c, l)
    dec woken
  release l
for t in ts.mitems: createThread(t, sleeper)
for i in 1 .. 4:
  withLock l: inc woken
  signal c
joinThreads ts
withLock l: echo "woken ", woken
deinitCond c
deinitLock l
deinitRLock r
