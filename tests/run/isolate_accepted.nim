discard """
  output: '''
112324(x: 1, s: "s")2
'''
"""
# What nothing else can hold a part of is isolated: constructors, calls that keep nothing, plain values.
import std/isolation
type
  Node = ref object
    l, r: Node
    v: int
  Plain = object
    x: int
    s: string
proc mk(v: int): Node = Node(v: v)
proc two(a, b: Node): Node = Node(l: a, r: b)
proc name(n: Node): string = $n.v
proc main() =
  let n = mk(3)
  var a = isolate(mk(1))
  var b = isolate(Node(l: mk(1), r: nil))
  var c = isolate(two(mk(1), Node(v: 2)))
  var d = isolate(name(n))
  var e = isolate(@[mk(1), mk(2)])
  var f = isolate(if n.v > 1: mk(4) else: nil)
  let p = Plain(x: 1, s: "s")
  var g = isolate(p)
  var h = isolate((mk(1), 2))
  echo a.extract.v, b.extract.l.v, c.extract.r.v, d.extract, e.extract.len, f.extract.v, g.extract, h.extract[1]
main()
