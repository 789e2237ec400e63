import std/[tables, sets, options, deques, heapqueue]
type
  Small = int16
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
  byName: Table[string, int16] = {"a": 1'i16, "b": -2'i16}.toTable
  byNumber: OrderedTable[int16, string] = {7'i16: "seven", 9'i16: "nine"}.toOrderedTable
  foos = @[Foo[int16](x: 3, name: "foo")]
  few: HashSet[float32] = toHashSet([0.5'f32, 2.0'f32])
  maybe: Option[int16] = some(5'i16)
  nothing: Option[Foo[int16]]
  ring = toDeque([1'i16, 2'i16, 3'i16])
  heap = toHeapQueue([3'i16, 1'i16, 2'i16])
  node = Node[int16](value: 1, next: Node[int16](value: 2))
  counted = toCountTable([4'i16, 4'i16, 5'i16])
  shared: TableRef[int16, seq[int16]] = {1'i16: @[10'i16, 20'i16]}.newTable
  id = Id[User](3)
  byColor: Table[Color, int] = {red: 1}.toTable
  parts: Table[string, (int16, array[2, int16])] = {"p": (1'i16, [2'i16, 3'i16])}.toTable
node.next.next = node
let alias = node
proc show*() =
  echo byName["a"], " ", byName["b"], " ", byNumber[7], byNumber[9], " ", foos, " ", 0.5 in few, 2.0 in few, few.len
  echo maybe.get, " ", nothing.isNone, " ", ring, " ", heap[0], " ", node.value, node.next.value, node.next.next == node, alias == node
  echo counted[4], counted[5], " ", shared[1], " ", int(id), " ", byColor.len, " ", parts["p"][0], parts["p"][1]
