discard """
  output: '''
@[1, 2, 3, 5, 8, 9] 3
'''
"""
type
  Tree = ref object
    left, right: Tree
    key: int
proc insert(t: var Tree, key: int) =
  if t == nil: t = Tree(key: key)
  elif key < t.key: insert(t.left, key)
  else: insert(t.right, key)
proc walk(t: Tree, into: var seq[int]) =
  if t == nil: return
  walk(t.left, into)
  into.add(t.key)
  walk(t.right, into)
proc depth(t: Tree): int =
  if t != nil: result = 1 + max(depth(t.left), depth(t.right))
var root: Tree
for k in [5, 2, 8, 1, 9, 3]: root.insert(k)
var keys: seq[int]
walk(root, keys)
echo keys, " ", depth(root)
