discard """
  output: '''
-- scope
end scope 106
destroy 3
destroy 102
caught d102
-- temp
105
after temp
destroy 105
caught d105
-- temps
113
after
destroy 7
destroy 106
caught d106
-- over
destroy 108
destroy 108
caught d108
-- seq
sq 3
destroy 10
destroy 111
caught d111
-- arr
arr 3
destroy 10
destroy 111
caught d111
-- ref
ref 113
destroy 113
caught d113
-- ref nil
destroy 115
caught d115
-- finally
in try
in finally 117
destroy 117
caught d117
-- unwind
destroy 118
caught d118
-- unwind2
destroy 120
caught d120
-- unwind fin
destroy 121
fin
caught d121
-- ret
destroy 122
caught d122
-- loop
destroy 125
caught d125
-- blk
destroy 130
caught d130
-- reassign
destroy 10
destroy 132
caught d132
-- sink
sink 133
destroy 133
caught d133
-- clos
134
destroy 134
caught d134
-- expr
x
destroy 135
caught d135
-- catch in destroy
cur io136
destroy 136
caught d136
-- base
true
destroy 102
caught d102
-- vari2
t
destroy 104
caught d104
-- closure
1056
local1
destroy 105
caught d105
-- nested
137
destroy 12
destroy 110
destroy 8
destroy 7
caught d110
-- infin
113
destroy 113
finally 14
destroy 14
inner d113
destroy 7
-- gen
destroy 116
caught d116
-- exc
e
destroy 117
caught d117
-- iter
118
2
destroy 118
caught d118
-- tup
19120
destroy 120
caught d120
-- cond
yes
after
destroy 121
caught d121
-- while
destroy 22
destroy 22
destroy 22
w2
-- defer
second123
destroy 123
deferred
caught d123
-- table
destroy 127
destroy 127
caught d127
-- sinkparam
28129
destroy 129
caught d129
-- discard
destroy 130
caught d130
-- return in try
destroy 131
in d131
5
end
'''
"""
# An exception that leaves a destructor is raised like any other. What the scope, or the value, had still to destroy is not destroyed then.
type
  A = object
    n: int
  R = ref object of RootObj
  H = ref object of R
    a: A
  P = ref object
    a, b: A
  V = object
    case k: bool
    of true: a: A
    else: i: int
    t: string
  E = object of CatchableError
    a: A
proc `=destroy`(x: var A) =
  if x.n != 0:
    echo "destroy ", x.n
    if x.n > 100:
      raise newException(ValueError, "d" & $x.n)
proc mk(n: int): A = A(n: n)
template t(name: string, body: untyped) =
  echo "-- ", name
  try:
    body
  except ValueError as e:
    echo "caught ", e.msg
  except CatchableError, Defect:
    echo "other ", getCurrentExceptionMsg()
proc scope1 =
  let a = mk(1)
  let b = mk(102)
  let c = mk(3)
  echo "end scope ", a.n + b.n + c.n
t "scope": scope1()

proc temp =
  echo mk(105).n
  echo "after temp"
t "temp": temp()

proc two(a, b: A): int = a.n + b.n
proc temps =
  echo two(mk(106), mk(7))
  echo "after"
t "temps": temps()

proc over =
  var a = mk(108)
  a = mk(9)
  echo "after over ", a.n
t "over": over()

proc sq =
  var s = @[mk(10), mk(111), mk(12)]
  echo "sq ", s.len
t "seq": sq()

proc arr =
  var s = [mk(10), mk(111), mk(12)]
  echo "arr ", s.len
t "arr": arr()

proc rf =
  var r = P(a: mk(113), b: mk(14))
  echo "ref ", r.a.n
t "ref": rf()

proc rf2 =
  var r = P(a: mk(115), b: mk(16))
  r = nil
  echo "after nil"
t "ref nil": rf2()

proc fin =
  try:
    echo "in try"
  finally:
    let a = mk(117)
    echo "in finally ", a.n
  echo "after"
t "finally": fin()

proc unw =
  let a = mk(118)
  raise newException(ValueError, "orig" & $a.n)
t "unwind": unw()

proc unw2 =
  let a = mk(119)
  let b = mk(120)
  raise newException(ValueError, "orig" & $a.n & $b.n)
t "unwind2": unw2()

proc unw3 =
  try:
    let a = mk(121)
    raise newException(IOError, "orig" & $a.n)
  finally:
    echo "fin"
t "unwind fin": unw3()

proc ret: int =
  let a = mk(122)
  return a.n
t "ret": echo ret()

proc loop =
  for i in 0..2:
    let a = mk(125 + i)
    if i == 0: continue
    echo "loop ", a.n
t "loop": loop()

proc blk =
  block:
    let a = mk(130)
    if a.n > 0: break
  echo "after blk"
t "blk": blk()

proc reas =
  var s = @[mk(10), mk(132), mk(12)]
  s = @[]
  echo "sq ", s.len
t "reassign": reas()
proc arg(x: sink A) = echo "sink ", x.n
t "sink": arg(mk(133))
proc clos =
  let a = mk(134)
  let f = proc() = echo a.n
  f()
t "clos": clos()
proc exprt(): int =
  result = (let a = mk(135); a.n)
  echo "x"
t "expr": echo exprt()
t "catch in destroy":
  try:
    raise newException(IOError, "io")
  except IOError:
    let a = mk(136)
    echo "cur ", getCurrentExceptionMsg(), a.n
proc base =
  let r: R = H(a: mk(102))
  echo r of H
t "base": base()
proc vari2 =
  var v = V(k: true, a: mk(104), t: "t")
  echo v.t
t "vari2": vari2()
proc closure(): proc() =
  let a = mk(105)
  let b = mk(6)
  result = proc() = echo a.n, b.n
proc callc =
  let s = "local" & $1
  let f = closure()
  f()
  echo s
t "closure": callc()
proc nested =
  let o = mk(7)
  for i in 0..1:
    let p = mk(8 + i)
    block:
      let q = mk(110 + i)
      let r = mk(12)
      echo o.n + p.n + q.n + r.n
t "nested": nested()
proc infin =
  let o = mk(7)
  try:
    try:
      let a = mk(113)
      echo a.n
    finally:
      let c = mk(14)
      echo "finally ", c.n
  except ValueError as e:
    echo "inner ", e.msg
t "infin": infin()
proc gen[T](x: sink T) =
  var s: seq[T]
  s.add x
  s.add mk(15)
t "gen": gen(mk(116))
proc exc =
  try:
    raise (ref E)(msg: "e", a: mk(117))
  except E as e:
    echo e.msg
t "exc": exc()
iterator it(): int =
  let a = mk(118)
  yield a.n
  yield 2
proc iter =
  for x in it(): echo x
  echo "not here"
t "iter": iter()
proc tup =
  let (a, b) = (mk(19), mk(120))
  echo a.n, b.n
t "tup": tup()
proc cond =
  if mk(121).n > 3: echo "yes"
  echo "after"
t "cond": cond()
proc whil =
  var i = 0
  while mk(22).n + i < 24:
    inc i
  echo "w", i
t "while": whil()
proc deferred =
  defer: echo "deferred"
  let a = mk(123)
  defer: echo "second", a.n
t "defer": deferred()
import tables
t "table":
  proc tb =
    var t = {1: mk(127)}.toTable
    t.del 1
    echo t.len
  tb()
t "sinkparam":
  proc sp(a: sink A, b: sink A) =
    echo a.n, b.n
  sp(mk(28), mk(129))
t "discard": discard mk(130)
t "return in try":
  proc rt: int =
    try:
      let a = mk(131)
      return a.n
    except ValueError as e:
      echo "in ", e.msg
      return 5
  echo rt()
echo "end"
