discard """
  output: '''
-128
checked
8
3
'''
"""
{.push checks: off.}
proc wrap(x: int8): int8 = x + 1
{.pop.}
proc checked(x: int8): int8 = x + 1
echo wrap(127)
try:
  echo checked(127)
except OverflowDefect:
  echo "checked"
{.push inline.}
proc small(a: int): int = a * 2
{.pop.}
echo small(4)
proc noisy() {.inline, raises: [].} = discard
proc old() {.deprecated: "use noisy".} = discard
proc unused() {.used.} = discard
noisy()
let x {.used.} = 1
proc pure2(a: int): int {.noSideEffect.} = a
echo pure2(3)
