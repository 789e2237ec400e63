type
  Texture = ref object
    name: string
  Node = ref object
    id: int
    next, back: Node
    texture: Texture

let shared = Texture(name: "grass")
var first = Node(id: 1, texture: shared)
var last = first
for i in 2 .. 4:
  let node = Node(id: i, back: last, texture: shared)
  last.next = node
  last = node
last.next = first
first.back = last

proc show*() =
  var node = first
  for i in 1 .. 5:
    stdout.write node.id, " ", node.back.next == node, " ", node.texture == shared, "; "
    node = node.next
  echo last == first.back
