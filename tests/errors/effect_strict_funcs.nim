discard """
  errormsg: "'insert' can have side effects"
  line: 27
"""
# With strictFuncs a func does not change what a parameter leads to, but what it made itself, and `var` and `sink` parameters.
{.experimental: "strictFuncs".}
type Node = ref object
  next: Node
  data: seq[int]
func create(data: int): Node =
  result = Node()
  result.data.add data
func appended(n: Node): Node =
  result = Node()
  result.next = n
func replaced(n: var Node, m: sink Node) =
  n.data = @[1]
  m.data = @[2]
func shown(n: Node): lent seq[int] = n.data
var head = appended(create(1))
replaced(head, create(2))
func tried(n: Node): Node =
  # Not looked into, in Nim either.
  result = try: n
           except ValueError: nil
  result.data = @[3]
func insert(n: Node, x: Node) =
  var at = n
  while at.next != nil: at = at.next
  at.next = x
