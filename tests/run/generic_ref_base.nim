discard """
  output: '''
falsetruetruefalse
Plain
true
true
'''
"""
# `ref T` takes what derives from the T of an argument before it, as comparing references does.
type
  Node = ref object of RootObj
  Leaf = ref object of Node
  Plain = object of RootObj
  Special = object of Plain

proc same[T](x, y: ref T): string = $T
proc both[T](x, y: ptr T): bool = cast[pointer](x) == cast[pointer](y)

let (node, leaf) = (Node(), Leaf())
let alias: Node = leaf
echo node == leaf, alias == leaf, node != leaf, compiles(leaf == node)
echo same((ref Plain)(), (ref Special)())
var special: Special
echo both(cast[ptr Plain](addr special), addr special)
try: raise newException(ValueError, "x")
except ValueError as e: echo getCurrentException() == e
