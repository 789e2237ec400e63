discard """
  output: '''
5 true true true
10
true
9 9
9 true false
4
'''
"""
type
  Node = ref object
    value: int
    next: Node
var a = Node(value: 1)
let b = a
b.value = 5
echo a.value, " ", a == b, " ", a.next == nil, " ", a.next.isNil
a.next = Node(value: 2, next: Node(value: 3))
var n = a
var total = 0
while n != nil:
  total += n.value
  n = n.next
echo total
var c: Node
echo c.isNil
new(c)
c.value = 9
echo c[].value, " ", c.value
let d = Node(value: 4, next: Node())
d[] = c[]
echo d.value, " ", d.next == nil, " ", d == c
let r = new(int)
r[] = 3
inc r[]
echo r[]
