discard """
  output: '''
21.0
true4e
162414
my mine3
sub sub0
IOError io
none
circle
300.0
10.0
42
PD
300.0
5
3.0
4.0
truefalsetruefalse
truetruefalse
'''
"""
# Generic, pure and inheritable objects, exceptions, methods over ptr and var.
# generic inheritance, ref/ptr object, exceptions, inheritable
type
  Shape = ref object of RootObj
  Circle = ref object of Shape
    r: float
  Sq = ref object of Shape
    s: float
  Box[T] = ref object of RootObj
    val: T
  IntBox = ref object of Box[int]
    extra: string
  Inh {.inheritable.} = object
    a: int8
  InhD = object of Inh
    b: int8
  Pure {.pure, inheritable.} = object
    a: int8
  PureD {.pure.} = object of Pure
    b: int16
method area(s: Shape): float {.base.} = quit "abstract"
method area(c: Circle): float = 3.0 * c.r * c.r
method area(s: Sq): float = s.s * s.s
var total = 0.0
for s in [Shape(Circle(r: 2)), Sq(s: 3)]: total += s.area
echo total
let ib = IntBox(val: 4, extra: "e")
let bx: Box[int] = ib
echo bx of IntBox, bx.val, IntBox(bx).extra
echo sizeof(Inh), sizeof(InhD), sizeof(Pure), sizeof(PureD)
type
  MyErr = object of ValueError
    code: int
  SubErr = object of MyErr
proc raiser(n: int) =
  case n
  of 0: raise (ref MyErr)(msg: "mine", code: 3)
  of 1: raise newException(SubErr, "sub")
  of 2: raise newException(IOError, "io")
  else: discard
for i in 0..3:
  try: raiser(i); echo "none"
  except SubErr as e: echo "sub ", e.msg, e.code
  except MyErr as e: echo "my ", e.msg, e.code
  except CatchableError as e: echo e.name, " ", e.msg
var s: Shape = Circle(r: 1)
case s of Circle
of true: echo "circle"
of false: echo "no"
let c = Circle(s)
c.r = 10
echo s.area
echo cast[Circle](s).r
# method on ptr, and on generic param
type
  PB = object of RootObj
    v: int
  PD = object of PB
method get(p: ptr PB): int {.base.} = p.v
method get(p: ptr PD): int = p.v * 2
var pd = PD(v: 21)
let pp: ptr PB = addr pd
echo pp.get()
proc virt(p: var PB): string =
  if p of PD: "PD" else: "PB"
echo virt(pd)
proc id[T](x: T): T = x
echo id(Shape(c)).area
# conversion up in var
var base: Box[int]
base = ib
base.val.inc
echo ib.val
# upcasting assignment through seq
var ss: seq[Shape]
ss.add Circle(r: 1)
ss.add Sq(s: 2)
for x in ss: echo x.area
# Equality of refs
echo ss[0] == ss[0], ss[0] == ss[1], s == Shape(c), isNil(base)

# A value that is passed as one of its base keeps its dynamic type.
type
  Plain = object of RootObj
  Special = object of Plain
    extra: int
proc special(): Special = Special(extra: 1)
proc isSpecial(p: Plain): bool = p of Special
echo isSpecial(Special(extra: 2)), isSpecial(special()), isSpecial(Plain())
