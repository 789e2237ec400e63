discard """
  output: '''
set 1 7
bset 1 8
@[1, 7, 3]@[4, 5, 8]9
prop 7
set 1 8
@[7, 8]
set 0 8
set 1 7
@[8, 7]
{"y": 2, "x": 1}
'''
"""
# The parts of a tuple go wherever an assignment can go: elements and properties with setters of their own.
type N = ref object
  kids: seq[int]
proc `[]`(n: N, i: int): int = n.kids[i]
proc `[]=`(n: N, i: int, v: int) = n.kids[i] = v; echo "set ", i, " ", v
proc `[]`(n: N, i: BackwardsIndex): int = n.kids[n.kids.len - int(i)]
proc `[]=`(n: N, i: BackwardsIndex, v: int) = n.kids[n.kids.len - int(i)] = v; echo "bset ", int(i), " ", v
proc `prop=`(n: N, v: int) = n.kids[0] = v; echo "prop ", v
proc prop(n: N): int = n.kids[0]
proc pair(): (int, int, int) = (7, 8, 9)
proc t(): (N, N, int) =
  result[0] = N(kids: @[1,2,3]); result[1] = N(kids: @[4,5,6])
  (result[0][1], result[1][^1], result[2]) = pair()
let r = t(); echo r[0].kids, r[1].kids, r[2]
var a = N(kids: @[1,2])
let (p0, p1, _) = pair()
(a.prop, a[1]) = (p0, p1)
echo a.kids
(a[0], a[1]) = (a[1], a[0])
echo a.kids
import tables
var tb: Table[string, int]
(tb["x"], tb["y"]) = (1, 2)
echo tb
