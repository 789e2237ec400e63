discard """
  output: '''
35
waits for 0
waits for 1
waits for 3
6
1
2
12
2
12
2
it 2
it 3
it 4
2
1
2
3
3
'''
"""
# A closure iterator sees what is around it in every branch and behind every yield, whichever comes first.
type R = ref object of RootObj
  n: int
proc put(r: R, x: int) = r.n = x
template give(x: int) = res = x
template give(x: untyped) = x
proc early(n: int): R =
  let outside = R()
  iterator steps(): R {.closure.} =
    var res: int
    give(block:
      if n == 0:
        put(outside, 5)
        return
      put(outside, 3)
      return)
    put(outside, res)
  for x in steps(): echo "not here"
  outside
echo early(3).n, early(0).n
proc sum(n: int): R =
  let outside = R()
  iterator steps(): R {.closure.} =
    block:
      if n == 0:
        put(outside, 0)
        return
      put(outside, n + (let x = sum(n - 1); yield x; x.n))
      return
  for x in steps(): echo "waits for ", x.n
  outside
echo sum(3).n
proc levels(n: int) =
  let a = n
  proc middle(m: int) =
    let b = m
    proc inner(k: int) =
      if k == 0: echo a
      else: echo a, b
      echo b
    let it = iterator (k: int): int {.closure.} =
      if k == 1: yield b
      elif k == 2: yield b + 1
      else:
        for i in 0 .. b: yield i + b
      echo b
    for k in 0 .. 2: inner(k)
    for x in it(3): echo "it ", x
  middle(n + 1)
levels(1)

# One that promises something hands itself on while it is being checked.
type Callback = proc () {.closure, gcsafe.}
proc later(c: Callback, n: int) =
  if n > 0: c()
proc count() =
  var k = 0
  proc goOn() {.closure, gcsafe.} =
    inc k
    echo k
    later(goOn, 3 - k)
  goOn()
count()
# Fields of a generic object whose type is void are not there.
type Box[T] = ref object
  tag: int
  value: T
var empty: Box[void]
new(empty)
empty.tag = 3
echo empty.tag
