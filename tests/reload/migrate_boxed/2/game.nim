import std/[tables, hashes]
type
  Id = distinct int
  Name = string
  Spec = distinct seq[int]
  Node = ref object
    v: int
    kids: seq[Node]
  Holder = object
    id: Id
    node: Node
proc `==`(a, b: Id): bool {.borrow.}
proc hash(a: Id): Hash {.borrow.}
var
  ids = @[Id(1), Id(2)]
  root = Node(v: 1, kids: @[Node(v: 2), Node(v: 3, kids: @[Node(v: 4)])])
  holders = @[Holder(id: Id(5), node: Node(v: 7))]
  name = Name("a name that is long")
  spec = Spec(@[1, 2])
  byId = {Id(1): "one", Id(2): "two"}.toTable
  arr = [Node(v: 1), Node(v: 2)]
proc sum(n: Node): int =
  result = n.v
  for k in n.kids: result += sum(k)
proc tick*() =
  echo ids.len, int(ids[1]), " ", sum(root), " ", holders[0].id.int, sum(holders[0].node), " ", string(name), " ", seq[int](spec), " ", byId.getOrDefault(Id(2)), " ", sum(arr[1])
  holders[0].node.v += 1
  arr[1].kids.add Node(v: 10)
