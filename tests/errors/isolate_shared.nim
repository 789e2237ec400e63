discard """
  errormsg: "expression cannot be isolated: Node(l: n)"
  line: 10
"""
import std/isolation
type Node = ref object
  l, r: Node
proc mk(): Node = Node()
proc f(n: Node) =
  var x = isolate(Node(l: n))
f(nil)
