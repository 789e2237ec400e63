type
  Node* = ref object
    name*: string
    kids*: seq[Node]
    up* {.cursor.}: Node
  View* = object
    sel*: Node
