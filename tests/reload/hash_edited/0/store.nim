import std/[tables, sets, heapqueue], keys
type Node = ref object
  seen: HashSet[Key]
  next: Node
var
  byKey = initTable[Key, string]()
  inOrder = initOrderedTable[Key, int]()
  counts = initCountTable[Key]()
  node = Node(next: Node())
  jobs = initHeapQueue[Job]()
  pick: proc (k: Key): bool
node.next.next = node
for i in 1 .. 5:
  let k = Key(a: i, b: i * 2)
  byKey[k] = "k" & $i
  inOrder[k] = i
  counts.inc(k, i)
  node.next.seen.incl k
  jobs.push Job(rank: 10 - i)
block:
  var own = [Key(a: 9, b: 9)].toHashSet
  pick = proc (k: Key): bool = k in own
proc show*() =
  var line = ""
  for i in 1 .. 5:
    let k = Key(a: i, b: i * 2)
    line.add byKey.getOrDefault(k, "-") & " " & $inOrder.getOrDefault(k) & " " & $counts[k] & " " & $(k in node.next.seen) & "; "
  echo line, byKey.len, " ", pick(Key(a: 9, b: 9))
  var rest = jobs
  line = ""
  while rest.len > 0: line.add $rest.pop.rank & " "
  echo line
