type Node[T] = ref object
  value: T
var
  n: int32 = 1
  node = Node[int](value: 1)
proc make(): proc (): string = (proc (): string = $n)
proc look(): proc (): string = (proc (): string = $node.value)
var first = make()
proc show*(): string = $n & " " & $node.value & " " & first()
