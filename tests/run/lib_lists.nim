discard """
  output: '''
[0, 1, 2]true02
[0, 2]
[10, 20, 30]
0
2
[5, 1, 2]
[3, 2]
["a string that is long", "b", "c"]true["a string that is long", "c"]true
["a string that is long", "c", "x"][]["a string that is long", "c", "x"]
'''
"""
import lists
var l = initDoublyLinkedList[int]()
l.add 1
l.add 2
l.prepend 0
echo l, 2 in l, l.head.value, l.tail.value
l.remove(l.find(1))
echo l
var sl = [1, 2, 3].toSinglyLinkedList
for x in sl.mitems: x *= 10
echo sl
for n in l.nodes: echo n.value
var ring = initSinglyLinkedRing[int]()
ring.add 1
ring.add 2
ring.prepend 5
echo ring
var dr = initDoublyLinkedRing[int]()
for i in 1..3: dr.add i
dr.remove(dr.head)
echo dr
var words = initSinglyLinkedList[string]()
for w in ["a string that is long", "b", "c"]: words.add w
echo words, words.remove(words.head.next), words, words.find("zz") == nil
var other = ["x"].toSinglyLinkedList
words.addMoved other
echo words, other, words.copy
