discard """
  output: '''
false
plain
false
plain
[0, 111, 222, 333]
number 7
text a111
pair (a: 1, b: "x")
42
depth 0
depth 1
depth 2
depth 3
truetrue
true
'''
"""
# Threads with and without an argument; arguments of all kinds; a thread object that is used again.
type
  Job = object
    name: string
    numbers: seq[int]
    sum: ptr int
proc plain() {.thread.} = echo "plain"
proc adds(job: Job) {.thread.} =
  for n in job.numbers: job.sum[] += n
proc number(n: int) {.thread.} = echo "number ", n
proc text(s: string) {.thread.} = echo "text ", s
proc pair(p: tuple[a: int, b: string]) {.nimcall, gcsafe.} = echo "pair ", p
proc refers(r: ref int) {.thread.} = r[] *= 2

var t: Thread[void]
echo running(t)
createThread(t, plain)
joinThread(t)
echo running(t)
createThread(t, plain)
joinThread t

var sums: array[4, int]
var jobs: array[4, Thread[Job]]
for i in 0 .. 3:
  createThread(jobs[i], adds, Job(name: $i, numbers: @[i, 10 * i, 100 * i], sum: addr sums[i]))
joinThreads(jobs)
echo sums

var n: Thread[int]
createThread(n, number, 7)
n.joinThread()
var s: Thread[string]
createThread(s, text, "a" & $sums[1])
joinThreads(s)
var p: Thread[tuple[a: int, b: string]]
createThread(p, pair, (1, "x"))
joinThread(p)

proc local() =
  var r = new int
  r[] = 21
  var t: Thread[ref int]
  createThread(t, refers, r)
  joinThread(t)
  echo r[]
local()

proc spawnsOther(depth: int) {.thread.} =
  if depth > 0:
    var inner: Thread[int]
    createThread(inner, spawnsOther, depth - 1)
    joinThread(inner)
  echo "depth ", depth
createThread(n, spawnsOther, 3)
joinThread(n)
echo compileOption("threads"), cast[int](n.handle) != 0
echo getThreadId() > 0
