discard """
  output: '''
ok
'''
"""
# Places that procs and iterators give, and views of parts of arrays.
type M = object
  data: seq[int]
proc at(m: var M, i: int): var int = m.data[i]
proc peek(m: M, i: int): lent int = m.data[i]
proc `[]`(m: var M, i: int): var int = m.data[i]
proc first[T](s: var seq[T]): var T = s[0]
var m = M(data: @[1, 2, 3])
m.at(0) = 10
m.at(1) += 5
inc m.at(2)
m.at(0) = 11
m[1] *= 2
doAssert m.data == @[11, 14, 4]
doAssert m.peek(1) == 14
first(m.data) = 7
doAssert m.data[0] == 7
proc sum(xs: openArray[int]): int = (for x in xs: result += x)
doAssert sum(m.data.toOpenArray(1, 2)) == 18
proc fill(xs: var openArray[int], v: int) = (for x in xs.mitems: x = v)
fill(m.data.toOpenArray(0, 1), 9)
doAssert m.data == @[9, 9, 4]
var arr = [1, 2, 3, 4]
fill(arr, 0)
doAssert arr == [0, 0, 0, 0]
fill(arr.toOpenArray(2, 3), 5)
doAssert arr == [0, 0, 5, 5]
proc chars(s: openArray[char]): int = s.len
doAssert chars("hello") == 5 and chars("hello".toOpenArray(1, 3)) == 3 and chars(['a']) == 1
proc bytes(s: openArray[byte]): int = (for b in s: result += int(b))
doAssert bytes("ab".toOpenArrayByte(0, 1)) == 195
iterator mp(m: var M): var int = (for i in 0 ..< m.data.len: yield m.data[i])
for x in mp(m): x = x + 1
doAssert m.data == @[10, 10, 5]
iterator lp(m: M): lent int = (for i in 0 ..< m.data.len: yield m.data[i])
var t = 0
for x in lp(m): t += x
doAssert t == 25
proc swapFirst(a, b: var openArray[int]) = swap(a[0], b[0])
var p = [1, 2]
var q = @[3, 4]
swapFirst(p, q)
doAssert p[0] == 3 and q[0] == 1
proc chain(m: var M): var M = (m.data.add 1; m)
chain(chain(m)).data.add 2
doAssert m.data.len == 6
proc high2(x: openArray[int]): int = x.high
doAssert high2([]) == -1 and high2(@[1, 2]) == 1
proc gen[T](x: openArray[T]): seq[T] = @x
doAssert gen([1, 2]) == @[1, 2] and gen("ab") == @['a', 'b']
proc nested(x: openArray[seq[int]]): int = x[0][0]
doAssert nested([@[4]]) == 4
proc idx(x: var seq[int]): var int = x[^1]
idx(q) = 100
doAssert q == @[1, 100]
let pp = addr p[1]
pp[] = 8
doAssert p == [3, 8]
proc retTup(x: var (int, string)): var string = x[1]
var tp = (1, "a")
retTup(tp).add "b"
doAssert tp == (1, "ab")
echo "ok"
