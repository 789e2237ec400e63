discard """
  output: '''
caught x
3
4 even
5
held
quiet 7
'''
"""
# What keeps to its effects is accepted.
type
  MyTag = object of RootEffect
  Other = object of MyTag
  Shape = ref object of RootObj
  Square = ref object of Shape
    side: int

proc fails() = raise newException(ValueError, "x")
proc caught(): string {.raises: [].} =
  try:
    fails()
  except ValueError as e:
    result = "caught " & e.msg
echo caught()

proc noisy(): int {.noSideEffect.} =
  {.cast(noSideEffect).}:
    stdout.write ""
  3
echo noisy()

proc isOdd(n: int): bool {.raises: [], tags: [].}
proc isEven(n: int): bool {.raises: [].} = n == 0 or isOdd(n - 1)
proc isOdd(n: int): bool = n != 0 and isEven(n - 1)
proc say(n: int) {.raises: [], tags: [WriteIOEffect].} =
  echo n, (if isEven(n): " even" else: " odd")
say 4

method area(s: Shape): int {.base, raises: [].} = 0
method area(s: Square): int = s.side
proc total(s: Shape): int {.raises: [].} = s.area
echo total(Square(side: 5))

proc tagged() {.tags: [Other].} = discard
proc below() {.tags: [MyTag].} = tagged()
proc silent() {.tags: [].} =
  {.cast(tags: []).}: tagged()
below()
silent()

proc listed() {.raises: [IOError].} =
  {.cast(raises: [IOError]).}:
    fails()
try: listed()
except ValueError: discard

let held = proc () = discard
proc callHeld() {.raises: [].} = held()
callHeld()
echo "held"

proc apply(f: proc (x: int): int): int {.raises: [], effectsOf: f.} = f(6)
func plusOne(x: int): int = x + 1
func pure(): int = apply(plusOne)
type Quiet = proc (x: int): int {.raises: [], noSideEffect, gcsafe.}
let q: Quiet = plusOne
proc callQuiet(q: Quiet): int {.raises: [].} = q(6)
echo "quiet ", callQuiet(q) + pure() - 7

proc zero(): int = 0
# What was found out so far is told as a hint.
proc told() {.raises: [ValueError].} =
  if zero() > 0: raise newException(ValueError, "")
  {.effects.}
told()
