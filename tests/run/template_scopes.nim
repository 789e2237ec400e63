discard """
  output: '''
8
6
8
0
7
14
2
outer
0
9
outer
9
8
3
'''
"""
# What a template declares in an inner scope is hidden there alone: elsewhere the name is that of the place of expansion.
template outer(n, call: untyped, flag = false) =
  template maybe(child, s): untyped =
    if child < 0: s
    else: call(child, s)
  echo maybe(n, s)
  s += 1
  echo maybe(-n, s)
proc add(a, b: int): int = a + b
proc f() =
  var s = 5
  outer(3, add)
f()
template procs(x: untyped) =
  proc inner(y: int): int = y + x
  iterator it(z: int): int =
    for w in 0..<z: yield w * y
  echo inner(y)
  for v in it(2): echo v
  let lam = proc (y: int): int = y * 2
  echo lam(y)
proc g() =
  let y = 7
  procs(1)
g()
template blocks(x: untyped) =
  block:
    let k = x
    echo k
  echo k
  for k in 0..0: echo k
  if (let k = 9; k > 3): echo k
  echo k
proc h() =
  let k = "outer"
  blocks(2)
h()
template shadows(value: untyped) =
  let x = value
  if x != 0:
    let y = x + 1
    let x = y * 2
    block:
      let x = x + 1
      echo x
    echo x
  echo x
shadows(3)
