discard """
  output: '''
caller's
injected
named
21
7
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
