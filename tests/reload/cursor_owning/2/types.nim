type
  Node* = ref object
    name*: string
    kids*: seq[Node]
    up*: Node
  View* = object
    sel* {.cursor.}: Node
