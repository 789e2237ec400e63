discard """
  output: '''
wide
12
@[0, 1, 2]
320
'''
"""
# `static:` blocks, `const` from `when`, static parameters.
const big = when sizeof(pointer) == 8: "wide" else: "narrow"
echo big
static:
  var t = 0
  for i in 1..10: t += i
  doAssert t == 55
const t = static(3 * 4)
echo t
const names = ["a", "b", "c"]
const lens = block:
  var r: seq[int]
  for i, n in names: r.add(i * n.len)
  r
echo lens
proc p(n: static int): int =
  when n > 5: n * 2 else: n
echo p(3), p(10)
