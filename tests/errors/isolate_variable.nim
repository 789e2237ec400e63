discard """
  errormsg: "expression cannot be isolated: n"
  line: 15
"""
import std/isolation
type Node = ref object
  l, r: Node
proc mk(): Node = Node()
var a = isolate(mk())
var b = isolate("abc")
var c = isolate(Node(l: mk()))
proc g(n: Node): Node = n
var d = isolate(g(mk()))
var n = Node()
var e = isolate(n)
