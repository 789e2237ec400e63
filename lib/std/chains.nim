## Templates for lists whose nodes have `next`, and perhaps `prev`, and whose headers have `head`, and perhaps `tail`.

template prepend*(header, node) =
  ## Puts the node first.
  when compiles(header.head):
    when compiles(node.prev):
      if header.head != nil: header.head.prev = node
    node.next = header.head
    header.head = node
  when compiles(header.tail):
    if header.tail == nil: header.tail = node

template append*(header, node) =
  ## Puts the node last.
  when compiles(header.head):
    if header.head == nil: header.head = node
  when compiles(header.tail):
    when compiles(node.prev): node.prev = header.tail
    if header.tail != nil: header.tail.next = node
    header.tail = node

template unlink*(header, node) =
  ## Takes the node out.
  if node.next != nil: node.next.prev = node.prev
  if node.prev != nil: node.prev.next = node.next
  if header.head == node: header.head = node.prev
  if header.tail == node: header.tail = node.next
