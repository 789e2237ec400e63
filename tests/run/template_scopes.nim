discard """
  output: '''
5
4
4
bad
xxx
unless
1
pp
@[2, 4]
@["1!", "2!"]
5
(a: 1, b: 2)
lbl
0
1
4
12
3
width4
6
(1, 2)
(3, 4)
10
1
15
9
1
2
0
1
falsefalse
'''
"""
# What a template declares, injects, pieces together and hands on.
template test(body: untyped) =
  var x = 10
  body
var x = 5
test: echo x
template decl(n: untyped) =
  var n = 3
  inc n
decl(zz)
echo zz
template opt(name, value: untyped) =
  let name {.inject.} = value
opt(abc, 4)
echo abc
template tryT(body, handler: untyped) =
  try: body
  except CatchableError:
    let e {.inject.} = getCurrentException()
    handler
tryT:
  raise newException(ValueError, "bad")
do:
  echo e.msg
template times(n: int, body: untyped) =
  for _ in 1..n: body
3.times: stdout.write "x"
echo ""
template unless(c: bool, body: untyped) =
  if not c: body
unless 1 > 2: echo "unless"
template ifElse(c: bool, a, b: untyped): untyped =
  if c: a else: b
echo ifElse(true, 1, 2)
template procT(n, body: untyped) =
  proc n() {.inject.} = body
procT(pp): echo "pp"
pp()
template withIt(xs: untyped, body: untyped): untyped =
  block:
    var res: seq[typeof(xs[0])]
    for it {.inject.} in xs:
      if body: res.add it
    res
echo withIt(@[1,2,3,4], it mod 2 == 0)
template mapI(xs, op: untyped): untyped =
  type outT = typeof((block: (var it {.inject.}: typeof(items(xs)); op)))
  var r: seq[outT]
  for it {.inject.} in xs: r.add op
  r
echo mapI(@[1,2], $it & "!")
template bt(args: varargs[untyped]): untyped = max(args)
echo bt(1, 5)
template enumT(n: untyped, vals: varargs[untyped]) =
  type n {.inject.} = enum vals
enumT(Col, red, green)
template objT(n: untyped) =
  type
    n = object
      a, b: int
  proc init(t: typedesc[n]): n = n(a: 1, b: 2)
objT(Thing)
echo Thing.init()
template label(body: untyped) =
  block here:
    body
label: echo "lbl"
template lbl2(name: untyped, body: untyped) =
  block name:
    body
lbl2(foo):
  for i in 0..3:
    if i == 2: break foo
    echo i
template constT(n: untyped, v: untyped) =
  const n = v
constT(KK, 4)
echo KK
template letSeveral =
  let a = 1
  let b = a + 1
  echo a, b
letSeveral()
template idt(name: untyped): untyped = `name 2`
var foo2 = 3
echo idt(foo)
template quoted(name: untyped) =
  proc `set name`(x: int) = echo astToStr(name), x
quoted(width)
setwidth(4)
template ret(x: untyped): untyped = x
let r = ret:
  var q = 3
  q * 2
echo r
template typedExpr(x: typed): untyped = (x, x)
var cnt = 0
proc c(): int = (inc cnt; cnt)
echo typedExpr(c())
template intP(x: int): untyped = (x, x)
echo intP(c())
template evalOnce(x: int): int =
  let t = x
  t + t
echo evalOnce(c())
proc usesT[T](x: T): int =
  template loc: int = sizeof(T)
  loc
echo usesT(1'i8)
template outerT(x: untyped) =
  template innerT(y: untyped): untyped = x + y
  echo innerT(10)
outerT(5)
template asn(a, b: untyped) = a = b
var as1 = 1
asn(as1, 9)
echo as1
iterator tit(): int =
  template y2(v: int) = yield v
  y2(1)
  y2(2)
for x in tit(): echo x
template forT(i: untyped, r: untyped, b: untyped) =
  for i in r: b
forT(i, 0..1, echo i)
echo declared(it), declared(res)
