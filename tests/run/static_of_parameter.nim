discard """
  output: '''
e1
e3
e1
truefalse
'''
"""
# What `static[T]` is a value of may be known from this very argument.
type E = enum e0, e1, e2, e3
proc find[T: enum](a, b: static[T], s: string, default: T): T =
  for i in a..b:
    if $i == s: return i
  result = default
echo find(e0, e2, "e1", e3)
template h(vals, s) =
  echo find(vals.a, vals.b, s, e3)
h(e0..e2, "e3")
h(e0..e1, "e1")
const have = compiles:
  import std/enumutils
const havent = compiles:
  import std/nosuchmodule
echo have, havent
when compiles(len(3)): echo "no"
