discard """
  output: '''
3.5-3.06.0
10truetruetrue
abcde5abcde!
3
5
24
3.0
falsetrue4
0true
0
3
0
3
4
@[3, 1]
'''
"""
# What a distinct type borrows: procs, operators, fields.
import hashes
type
  Meters = distinct float
  Id = distinct int
  Name = distinct string
  P = object
    x, y: int
  DP {.borrow: `.`.} = distinct P
  DS = distinct seq[int]
proc `+`(a, b: Meters): Meters {.borrow.}
proc `-`(a: Meters): Meters {.borrow.}
proc `$`(a: Meters): string {.borrow.}
proc `*`(a: Meters, b: float): Meters = Meters(a.float * b)
proc `==`(a, b: Id): bool {.borrow.}
proc `<`(a, b: Id): bool {.borrow.}
proc hash(a: Id): Hash {.borrow.}
proc `$`(a: Id): string {.borrow.}
proc len(n: Name): int {.borrow.}
proc `&`(a, b: Name): Name {.borrow.}
proc add(a: var Name, b: Name) {.borrow.}
proc add(a: var Name, b: char) {.borrow.}
proc inc(a: var Id, n = 1) {.borrow.}
proc `+=`(a: var Meters, b: Meters) {.borrow.}
proc len(d: DS): int {.borrow.}
proc add(d: var DS, x: int) {.borrow.}
proc `[]`(d: DS, i: int): int = seq[int](d)[i]
echo Meters(1.5) + Meters(2.0), -Meters(3.0), Meters(2) * 3.0
var i = Id(4)
inc i
inc i, 5
echo i, i == Id(10), i < Id(11), hash(i) == hash(10)
var n = Name("ab")
n.add Name("cd")
n.add 'e'
echo string(n), n.len, string(n & Name("!"))
var dp = DP(P(x: 1, y: 2))
echo dp.x + dp.y
dp.x = 5
echo dp.x
var ds: DS
ds.add 3
ds.add 4
echo ds.len, ds[1]
var m = Meters(1)
m += Meters(2)
echo m
echo Id is int, Id is distinct, int(Id(3)) + 1
type Color = distinct uint32
proc `and`(a, b: Color): Color {.borrow.}
proc `shr`(a: Color, n: int): Color {.borrow.}
proc `==`(a, b: Color): bool {.borrow.}
let c = Color(0xff00ff'u32)
echo uint32((c shr 8) and Color(0xff)), (c == Color(0xff00ff))
var arr: array[3, Id]
arr[1] = Id(3)
for x in arr: echo x
type E = distinct range[0..5]
let e = E(3)
echo int(e)
type F = distinct proc(x: int): int
let f = F(proc(x: int): int = x + 1)
echo (proc(x: int): int)(f)(3)
var ids = @[Id(3), Id(1)]
echo cast[seq[int]](ids)
