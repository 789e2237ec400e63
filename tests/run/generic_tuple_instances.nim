discard """
  output: '''
(x: 1, y: "a") @[(x: 2, y: "b")] (1, "a!") @[(2, "b")]
named 1 b
plain 1 b
2 1
nine
(3, "c") (4, "d") 2
e
true true false
f
'''
"""
# Instances for a tuple with names and for the same one without are one type, as the tuples are.
import std/tables
type
  Named = tuple[x: int, y: string]
  Plain = (int, string)
  Box[T] = object
    v: T
    more: seq[T]
  Node[T] = ref object
    v: T
    next: Node[T]
  Id[T] = distinct T
proc show[T](b: Box[T]): string = $b.v & " " & $b.more
proc named(b: Box[Named]) = echo "named ", b.v.x, " ", b.more[0].y
proc plain(b: Box[Plain]) = echo "plain ", b.v[0], " ", b.more[0][1]
proc change(b: var Box[Named]) = b.more.add (x: 9, y: "nine")
proc len[T](n: Node[T]): int =
  var n = n
  while n != nil:
    inc result
    n = n.next
proc run =
  var a = Box[Named](v: (1, "a"), more: @[(2, "b")])
  var b: Box[Plain] = a
  b.v[1].add "!"
  echo show(a), " ", show(b)
  named b
  plain a
  change b
  echo b.more.len, " ", a.more.len
  a = b
  echo a.more[^1].y
  let node: Node[Plain] = Node[Named](v: (3, "c"), next: Node[Named](v: (4, "d")))
  echo node.v, " ", node.next.v, " ", node.len
  var t: Table[string, Named]
  t["k"] = (5, "e")
  let u: Table[string, Plain] = t
  echo u["k"][1]
  echo Box[Named] is Box[Plain], " ", Node[Named] is Node[Plain], " ", Box[Named] is Box[tuple[x: int, z: string]]
  var pair: Id[Named] = Id[Plain]((6, "f"))
  echo Named(pair).y
run()
