discard """
  output: '''
copy 1
one 10
destroy 10
one 2
destroy 2
still 1
destroy 1
pair 1 3
destroy 3
pair 2 4
destroy 4
list 1
list 2
kept
last 5
destroy 5
'''
"""
# What a closure iterator gives belongs to the loop: nothing is copied on the way into its variables.
type R = object
  id: int

proc `=destroy`(r: var R) =
  if r.id != 0: echo "destroy ", r.id

proc `=copy`(to: var R, r: R) =
  echo "copy ", r.id
  to.id = r.id * 10

iterator one(): R {.closure.} =
  let first = R(id: 1)
  yield first
  yield R(id: 2)
  echo "still ", first.id

iterator pairs(): (int, R) {.closure.} =
  yield (1, R(id: 3))
  yield (2, R(id: 4))

iterator lists(): seq[ref int] {.closure.} =
  for i in 1 .. 2: yield newSeq[ref int](i)

iterator shared(): ref R {.closure.} =
  let r = (ref R)(id: 5)
  yield r
  yield r

for x in one(): echo "one ", x.id
proc parts() =
  for i, x in pairs(): echo "pair ", i, " ", x.id
parts()
for x in lists(): echo "list ", x.len
var seen: seq[proc (): int]
proc keep() =
  for x in lists(): seen.add(proc (): int = x.len)
keep()
if seen.len == 2: echo "kept"
proc last() =
  var at = 0
  for x in shared():
    inc at
    if at == 2: echo "last ", x.id
last()
