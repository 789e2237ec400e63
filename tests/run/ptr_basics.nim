discard """
  output: '''
6 7 true true
(a: 1, b: 20) 1 1
101
[1, 22, 3] 3
true 0
6
'''
"""
var x = 5
let p = addr x
p[] = 6
echo x, " ", p[] + 1, " ", p == addr x, " ", p != nil
type Obj = object
  a, b: int
var o = Obj(a: 1, b: 2)
let po = addr o
po.b = 20
echo o, " ", po[].a, " ", po.a
proc bump(p: ptr int) = p[] += 100
bump(addr o.a)
echo o.a
var arr = [1, 2, 3]
let u = cast[ptr UncheckedArray[int]](addr arr[0])
u[1] = 22
echo arr, " ", u[2]
let n: ptr int = nil
echo n.isNil, " ", cast[int](n)
let raw: pointer = addr x
echo cast[ptr int](raw)[]
