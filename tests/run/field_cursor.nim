discard """
  output: '''
r/n0/n1/n2
n2 n1
r/n0/n1
tree r
'''
"""
# A cursor field refers without counting.
type
  Node = ref object
    parent {.cursor.}: Node
    kids: seq[Node]
    name: string
  Tree = object
    root: Node
    current {.cursor.}: Node
proc `=destroy`(t: var Tree) =
  if t.root != nil: echo "tree ", t.root.name
  `=destroy`(t.root)
proc add(p: Node, name: string): Node =
  result = Node(name: name, parent: p)
  p.kids.add result
proc path(n: Node): string =
  if n.parent == nil: n.name else: path(n.parent) & "/" & n.name
proc main =
  var t = Tree(root: Node(name: "r"))
  t.current = t.root
  for i in 0..2: t.current = t.current.add("n" & $i)
  echo path(t.current)
  let c = t.current
  t.current = nil
  echo c.name, " ", c.parent.name
  var u = t
  u.current = c.parent
  echo path(u.current)
main()
