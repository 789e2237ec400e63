discard """
  output: '''
~1
s
~2
~3
p2
~5
~4
p3
~6
~7
p3 end
3
gen destroy
gen destroy
~8
~10
p5
~9
~11
p6
~14
~12
~13
p7
~15
close 2
neg
close 4
deferred
close 1
finally
close 6
close 5
11
'''
"""
# Hooks of parts: variants, bases, tuples, generic objects; on each way out.
# hooks on variant & inherited
type
  T = object
    id: int
proc `=destroy`(x: var T) =
  if x.id != 0: echo "~", x.id
type
  V = object
    case k: bool
    of true: t: T
    else:
      u: T
      s: string
  Base = object of RootObj
    b: T
  Der = object of Base
    d: T
  RB = ref object of RootObj
    b: T
  RD = ref object of RB
    d: T
  Gen[X] = object
    x: X
proc `=destroy`[X](g: var Gen[X]) =
  echo "gen destroy"
  `=destroy`(g.x)
proc p1 =
  var v = V(k: true, t: T(id: 1))
  v = V(k: false, u: T(id: 2), s: "s")
  echo v.s
p1()
proc p2 =
  var d = Der(b: T(id: 3), d: T(id: 4))
  d.b = T(id: 5)
  echo "p2"
p2()
proc p3 =
  var r: RB = RD(b: T(id: 6), d: T(id: 7))
  echo "p3"
  r = nil
  echo "p3 end"
p3()
proc p4 =
  let g = Gen[T](x: T(id: 8))
  let h = Gen[int](x: 3)
  echo h.x
p4()
proc p5 =
  var xs: seq[V]
  for i in 0..2: xs.add V(k: i mod 2 == 0)
  xs[0].t = T(id: 9)
  xs[1].u = T(id: 10)
  xs.setLen 1
  echo "p5"
p5()
proc p6 =
  var t = (T(id: 11), "x", [T(id: 12), T(id: 13)])
  t[0] = T(id: 14)
  echo "p6"
p6()
type DT = distinct T
proc p7 =
  var d = DT(T(id: 15))
  echo "p7"
p7()
type Res = object
  h: int
proc `=destroy`(r: var Res) =
  if r.h != 0:
    echo "close ", r.h
    r.h = 0
proc open(i: int): Res =
  if i < 0: raise newException(ValueError, "neg")
  Res(h: i)
proc p9 =
  var a = open(1)
  try:
    var b = open(2)
    var c = open(-3)
    echo "no"
  except ValueError as e:
    echo e.msg
  defer: echo "deferred"
  var d = open(4)
p9()
proc p10(): int =
  var r = open(5)
  while true:
    var s = open(6)
    try:
      return r.h + s.h
    finally:
      echo "finally"
echo p10()
