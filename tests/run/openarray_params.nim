discard """
  output: '''
6 9 0
5 x
[2, 4, 6, 8]
@[20, 40] 2
5 2
61
'''
"""
# One proc for arrays, seqs and parts of them.
proc sum(xs: openArray[int]): int =
  for x in xs: result += x
proc first(xs: openArray[string]): string = xs[0]
proc double(xs: var openArray[int]) =
  for i in 0 ..< xs.len: xs[i] *= 2
echo sum([1, 2, 3]), " ", sum(@[4, 5]), " ", sum([])
var a = [1, 2, 3, 4]
echo sum(a.toOpenArray(1, 2)), " ", first(["x", "y"])
double(a)
echo a
var s = @[10, 20]
double(s)
echo s, " ", s.len
proc count(s: openArray[char]): int = s.len
echo count("hello"), " ", count(['a', 'b'])
proc pass(xs: openArray[int]): int = sum(xs) + xs.high
echo pass(s)
