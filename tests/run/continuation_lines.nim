discard """
  output: '''
6
7
@[1, 2, 3]
true
3
yes
'''
"""
# Long expressions over several lines.
let total = 1 +
  2 +
  3
echo total
proc longProc(a: int,
              b: int,
              c = 3): int =
  a +
    b +
    c
echo longProc(1,
  2,
  c = 4)
let s = @[
  1,
  2,
  3,
]
echo s
let cond = total > 5 and
  s.len == 3 or
  false
echo cond
let chained = "abc"
  .len
echo chained
if total == 6 and
    cond:
  echo "yes"
