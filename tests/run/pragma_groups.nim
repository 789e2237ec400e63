discard """
  output: '''
-128
-2
4
3
over- or underflow
old
old2
line
4
'''
"""
{.push checks: off.}
proc wrap(a: int8): int8 = a + 1
{.pop.}
echo wrap(127)
{.push overflowChecks: off, boundChecks: off.}
proc w2(a: int32): int32 = a * 2
echo w2(int32.high)
{.pop.}
{.push inline.}
proc i1(x: int): int = x + 1
{.pop.}
echo i1(3)
{.push raises: [].}
proc nr(): int = 3
{.pop.}
echo nr()
proc ov(a: int8): int8 = a + 1
try: echo ov(127)
except OverflowDefect as e: echo e.msg
{.push hint[XDeclaredButNotUsed]: off.}
proc unused() = discard
{.pop.}
{.hint: "a hint".}
{.warning: "a warning".}
proc old() {.deprecated.} = echo "old"
proc old2() {.deprecated: "use new".} = echo "old2"
old()
old2()
let zz {.used.} = 5
{.warning[UnusedImport]: off.}
{.line.}:
  echo "line"
{.experimental: "strictFuncs".}
{.passC: "-O2".}
{.checks: on.}
{.push warnings: off.}
{.pop.}
{.hints: off.}

# A group in a proc type.
{.pragma: quiet, gcsafe, raises: [].}
type Held = ref object
  f: proc (x: int): int {.tags: [], quiet.}
proc called(h: Held, x: int): int = h.f(x)
proc relied(h: Held): int {.quiet, tags: [].} = h.called(3)
echo relied(Held(f: proc (x: int): int {.quiet.} = x + 1))
