discard """
  output: '''
ababab
4 [3, 3, 3, 3]
3 1
10
10
'''
"""
proc repeat[N: static int](s: string): string =
  for i in 0 ..< N: result.add(s)
echo repeat[3]("ab")
type Buf[N: static int] = object
  data: array[N, int]
proc size[N: static int](b: Buf[N]): int = N
proc fill[N: static int](b: var Buf[N], v: int) =
  for i in 0 ..< N: b.data[i] = v
var b: Buf[4]
b.fill(3)
echo b.size, " ", b.data
proc arrLen[I, T](a: array[I, T]): int = a.len
echo arrLen([1, 2, 3]), " ", arrLen([true])
proc sumAll[N: static int](a: array[N, int]): int =
  for x in a: result += x
echo sumAll([1, 2, 3, 4])
const n = 5
var c: Buf[n * 2]
echo c.data.len
