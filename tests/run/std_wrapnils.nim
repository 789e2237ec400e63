discard """
  output: '''
0.0false0false
4.54.50false
|0.0falsefalse
deepdeep004
0false
@[1, 2]2@[]
4.7
'''
"""
# Chains through nil and through fields of other branches, with and without an Option.
import std/wrapnils, std/options
type B = object
  b0: int
  case cond: bool
  of false: discard
  of true:
    b1: float
    s: ref int
    n: ref B
type R = ref object
  b: B
  r: R
  case k: range[0..9]
  of 0: x: string
  of 1, 2: y: R
  of 3..9: z: seq[int]
proc get(r: R): R = r
proc len2(b: B): int = b.b0
var b = B(cond: false, b0: 3)
echo ?.b.b1, (??.b.b1).isSome, ?.b.s[], (??.b.n.b1).isSome
b = B(cond: true, b1: 4.5)
echo ?.b.b1, (??.b.b1).get, ?.b.s[], (??.b.s[]).isSome
var r = R(k: 1)
echo ?.r.x, "|", ?.r.y.y.x, ?.r.r.b.b1, (??.r.y).isSome, (??.r.x).isSome
r.y = R(k: 0, x: "deep")
echo ?.r.y.x, ?.r.get.y.get.x, ?.r.b.len2, ?.r.get.x, (?.r.z).len, ?.r.y.x.len
var c: R
echo ?.c.b.b0, ?.(c).b.cond
let q = R(k: 5, z: @[1,2])
echo ?.q.z, ?.q.z[1], ?.q.y.z
if (let p = ?.b.b1.addr; p != nil): p[] = 4.7
echo b.b1
