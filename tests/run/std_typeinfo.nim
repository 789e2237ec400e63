discard """
  output: '''
akFloatakFloatakIntakInt
akInt
kakString
pakInt
akObject1632akObject
akSet8192akInt
1
2
3
bee-9223372036854775808ec677
kindakBool
yakString
zakString
akArray33akUInt8
@["a", "b", "new"]
@["new", "b", "new"]3
@["", ""]
trueakInt8
77
akTuple
akProc8
Field0akInt
Field1akString
Field2akFloat
Field0akInt
Field1akString
(a: 1, b: "zz")
invalid field name: nope
index 9 not in 0 .. 1
akPtrtrue
heyakCString
xtrue1201
@[3]
2.252.25
6000060000
3
-5
{'a', 'c'}
'''
"""
# Values of any type at run time.
import typeinfo
var a: float64; var b: float; var c: range[1..5]; var d: Natural
echo toAny(a).kind, toAny(b).kind, toAny(c).kind, toAny(d).kind
type D = distinct int
var e: D
echo toAny(e).kind
type Parent = object of RootObj
  p: int
type Kid = object of Parent
  k: string
var kid = Kid(p: 1, k: "x")
for n, v in toAny(kid).fields: echo n, v.kind
echo toAny(kid).baseTypeKind, toAny(kid).base.size, toAny(kid).size, toAny(kid).base.base.kind
var s = {1..3}
echo toAny(s).kind, toAny(s).size, toAny(s).baseTypeKind
for x in toAny(s).elements: echo x
type E = enum ea, eb = (5, "bee"), ec
var en = eb
echo toAny(en).getEnumField, toAny(en).getEnumOrdinal("EB"), toAny(en).getEnumField(6), toAny(en).getEnumOrdinal("ec"), toAny(en).getEnumField(77)
type O = object
  case kind: bool
  of true: x: int
  else: y, z: string
var o = O(kind: false, y: "q")
for n, v in toAny(o).fields: echo n, v.kind
var arr = [1'u8, 2, 3]
echo toAny(arr).kind, toAny(arr).len, toAny(arr)[2].getUInt8, toAny(arr).baseTypeKind
var sq = @["a", "b"]
var any = toAny(sq)
any.extendSeq
any[2].setString "new"
echo sq
any[0] = any[2]
echo sq, any.len
any.invokeNewSeq(2)
echo sq
var r: ref int
echo toAny(r).isNil, toAny(r).baseTypeKind, toAny(r).baseTypeSize
toAny(r).invokeNew
toAny(r)[].setBiggestInt 77
echo r[]
var p: proc (x: int)
echo toAny(p).kind
proc nim0() {.nimcall.} = discard
var p2: proc () {.nimcall.} = nim0
echo toAny(p2).kind, toAny(p2).size
var t = (1, "x", 2.0)
for n, v in toAny(t).fields: echo n, v.kind
var t2 = (a: 1, b: "x")
for n, v in toAny(t2).fields: echo n, v.kind
toAny(t2)["Field0"] = toAny(t2)["Field0"]
toAny(t2)["Field_1"].setString("zz")
echo t2
try: echo toAny(t2)["nope"].kind
except ValueError as e: echo e.msg
try: echo toAny(sq)[9].kind
except IndexDefect as e: echo e.msg
var ptrr: ptr int
echo toAny(ptrr).kind, toAny(ptrr).getPointer == nil
var cs: cstring = "hey"
echo toAny(cs).getCString, toAny(cs).kind
var ch = 'x'; var bo = true
echo toAny(ch).getChar, toAny(bo).getBool, toAny(ch).getBiggestInt, toAny(bo).size
var sa = @[1,2]; var sb = @[3]
assign(toAny(sa), toAny(sb))
echo sa
var rg: range[0..9] = 3
var f32 = 1.5'f32
toAny(f32).setBiggestFloat(2.25)
echo f32, toAny(f32).getBiggestFloat
var u: uint16 = 60000
echo toAny(u).getBiggestUint, toAny(u).getBiggestInt
var vs = @[@[1], @[2, 3]]
echo toAny(vs)[1][1].getInt
var i8: int8 = -5
echo toAny(i8).getInt8
var st: set[char] = {'a'}
inclSetElement(toAny(st), ord('c'))
echo st
