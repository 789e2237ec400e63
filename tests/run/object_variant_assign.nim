discard """
  output: '''
?

more
@["q"]@["q", "r"]
clit
@["x"]c
a0
[(k: a, x: 0), (k: b, s: "in arr")]
truefalse
(k: c, xs: @[])
(k: a, x: 4)
(k: b, s: "d")
(k: c, xs: @["d"])
in arr!
k: b
s: in arr!
'''
"""
# Discriminators that change, variants in variables, arrays and behind references.
# variant discriminator changes and errors; copying
type
  K = enum a, b, c
  O = object
    case k: K
    of a: x: int
    of b: s: string
    of c: xs: seq[string]
var o = O(k: b, s: "str")
try:
  o.k = a
  echo "?"
except FieldDefect as e: echo e.msg
o.k = b
echo o.s
{.cast(uncheckedAssign).}:
  o.k = b
var p = o
p.s.add "more"
echo o.s, p.s
o = O(k: c, xs: @["q"])
p = o
o.xs.add "r"
echo p.xs, o.xs
proc f(o: O): string =
  if o.k == b: o.s else: $o.k
echo f(o), f(O(k: b, s: "lit"))
var r = (ref O)(k: c)
r.xs.add "x"
echo r.xs, r[].k
reset(o)
echo o.k, o.x
var arr: array[2, O]
arr[1] = O(k: b, s: "in arr")
echo arr
# discriminator passed by var
proc chg(k: var K) = k = b
# equality
proc `==`(x, y: O): bool =
  if x.k != y.k: return false
  case x.k
  of a: x.x == y.x
  of b: x.s == y.s
  of c: x.xs == y.xs
echo arr[1] == O(k: b, s: "in arr"), arr[0] == arr[1]
let k = c
case k
of a: echo O(k: a, x: 1)
else: echo O(k: k)
proc dyn(kk: K): O =
  result = O(k: kk)
  case kk
  of a: result.x = 4
  of b: result.s = "d"
  of c: result.xs = @["d"]
for kk in K: echo dyn(kk)
let field = addr arr[1].s
field[].add "!"
echo arr[1].s
for fname, val in arr[1].fieldPairs: echo fname, ": ", val
