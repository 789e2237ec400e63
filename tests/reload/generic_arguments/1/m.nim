import std/[tables, sets, options, deques, heapqueue]
type
  Small = int32
  Foo[T] = object
    x: T
    name: string
  Node[T] = ref object
    value: T
    next: Node[T]
  Id[T] = distinct int
  User = object
  Order = object
  Color = enum red, green
  Shade = enum dark, light
var
  byName: Table[string, int32] = {"a": 1'i32, "b": -2'i32}.toTable
  byNumber: OrderedTable[int32, string] = {7'i32: "seven", 9'i32: "nine"}.toOrderedTable
  foos = @[Foo[int32](x: 3, name: "foo")]
  few: HashSet[float] = toHashSet([0.5, 2.0])
  maybe: Option[int32] = some(5'i32)
  nothing: Option[Foo[int32]]
  ring = toDeque([1'i32, 2'i32, 3'i32])
  heap = toHeapQueue([3'i32, 1'i32, 2'i32])
  node = Node[int32](value: 1, next: Node[int32](value: 2))
  counted = toCountTable([4'i32, 4'i32, 5'i32])
  shared: TableRef[int32, seq[int32]] = {1'i32: @[10'i32, 20'i32]}.newTable
  id = Id[User](3)
  byColor: Table[Color, int] = {red: 1}.toTable
  parts: Table[string, tuple[n: int32, xs: array[2, int32]]] = {"p": (n: 1'i32, xs: [2'i32, 3'i32])}.toTable
node.next.next = node
let alias = node
proc show*() =
  echo byName["a"], " ", byName["b"], " ", byNumber[7], byNumber[9], " ", foos, " ", 0.5 in few, 2.0 in few, few.len
  echo maybe.get, " ", nothing.isNone, " ", ring, " ", heap[0], " ", node.value, node.next.value, node.next.next == node, alias == node
  echo counted[4], counted[5], " ", shared[1], " ", int(id), " ", byColor.len, " ", parts["p"][0], parts["p"][1]
