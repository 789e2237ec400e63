discard """
  output: '''
[0, 1, 8, 5, 2]50true
01-1
2 3 5 7 
write
read
eat
sleep
0[]
'''
"""
import std/heapqueue
var h = [5, 2, 8, 1].toHeapQueue
h.push 0
echo h, h.len, h[0], h.find(2) >= 0
echo h.pushpop(7), h.replace(3), h.pushpop(-1)
h.del(h.find(8))
while h.len > 0: stdout.write h.pop, " "
echo ""
type Job = object
  priority: int
  name: string
proc `<`(a, b: Job): bool = a.priority < b.priority
var jobs = initHeapQueue[Job]()
for i, name in ["write", "sleep", "eat", "read"]: jobs.push Job(priority: (i * 7) mod 4, name: name)
while jobs.len > 0: echo jobs.pop.name
jobs.clear
echo jobs.len, jobs
