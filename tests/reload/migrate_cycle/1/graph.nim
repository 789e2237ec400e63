type
  Texture = ref object
    name: string
  Node = ref object
    texture: Texture
    weight: float
    id: int
    next, back: Node

let shared = Texture(name: "grass")
var first: Node
var last = first

proc show*() =
  var node = first
  for i in 1 .. 5:
    stdout.write node.id, " ", node.weight, " ", node.back.next == node, " ", node.texture == shared, "; "
    node = node.next
  echo last == first.back
