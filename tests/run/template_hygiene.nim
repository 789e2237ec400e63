discard """
  output: '''
caller's
injected
named
21
7
@[5, 5]@[@[1, 1], @[1, 1]]7
'''
"""
# Symbols of a template are its own; `inject` and parameters are the caller's.
template own() =
  var x {.used.} = "template's"
template injected() =
  var y {.inject.} = "injected"
template named(n: untyped) =
  var n = "named"
var x = "caller's"
own()
echo x
injected()
echo y
named(z)
echo z
template swapVals(a, b: untyped) =
  let tmp = a
  a = b
  b = tmp
var tmp = 1
var other = 2
swapVals(tmp, other)
echo tmp, other
template dirtyOne() {.dirty.} =
  var d = 7
dirtyOne()
echo d

# A variable `result` of a template is its own.
template filled(n: int, init: untyped): untyped =
  var result = newSeq[typeof(init)](n)
  for i in 0 ..< n: result[i] = init
  move(result)
let
  once = filled(2, 5)
  nested = filled(2, filled(2, 1))
proc firstOfFilled(): int =
  let q = filled(1, 7)
  result = q[0]
echo once, nested, firstOfFilled()
