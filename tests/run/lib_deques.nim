discard """
  output: '''
[-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]11-19-19truefalse
6 6
7 7
8 8
[1, 99, 3, 4, 5, 6, 7]17
[2, 100, 4, 5, 6, 7, 8]@[2, 100, 4, 5, 6, 7, 8]
["long enough to live in the heap!", "b", "a"]truefalse
0
Empty deque.
Out of bounds: 100 > 6
561 67
0
'''
"""
import deques, sequtils
var d = initDeque[int]()
for i in 0..9: d.addLast i
d.addFirst -1
echo d, d.len, d[0], d[^1], d.popFirst, d.popLast, 3 in d, 30 in d
for i, x in d: (if i > 5: echo i, " ", x)
d[2] = 99
d[^1] = 100
d.shrink(1, 1)
echo d, d.peekFirst, d.peekLast
for x in d.mitems: x += 1
echo d, toSeq(d.items)
var words = ["b", "a"].toDeque
words.addFirst "long enough to live in the heap"
words.peekFirst.add "!"
echo words, words == words, words == ["b"].toDeque
while words.len > 0: words.popLast
echo words.len
try: discard initDeque[int]().peekFirst
except IndexDefect as e: echo e.msg
try: echo d[100]
except IndexDefect as e: echo e.msg
# A queue that goes around its ring many times.
var q = initDeque[(int, string)](2)
var sum = 0
for i in 1..100:
  q.addLast((i, $i))
  if i mod 3 == 0: sum += q.popFirst()[0]
echo sum, " ", q.len
q.clear
echo q.len
