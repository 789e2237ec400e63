discard """
  output: '''
-- basic
call x
end basic
destroy x
-- ret
end ret
call r
after g
destroy r
-- ret
end ret
call r
end useRet
destroy r
-- early
inner e
end early
destroy e
-- passed
in p
end passed
destroy p
-- passedS
in ps
end sink
destroy ps
end passedS
-- assigned
first a1
destroy a1
niled
-- twice
f t
g t
end twice
destroy t
-- loop
destroy l0
destroy l1
loop l2
loop l2
loop l2
setLen
destroy l2
-- param
p par
end param
destroy par
-- assignInside
destroy old
end new
destroy new
-- nested
nny
end a
destroy ny
end nested
destroy n
-- cond true
cond c
end if
destroy c
end cond
-- cond false
end cond
destroy c
-- raising
caught ra
end raising
destroy ra
-- shown
f s
s
end shown
destroy s
-- given
held h
destroy h
end given
-- afterwards
late l
end sink
end afterwards
deferred l
destroy l
-- either
once i
end sink
end either
destroy i
-- field
field
destroy field
end field
counter0
counter1
end counted
destroy counter
'''
"""
# What a closure captured ends with the closure, where it is the only one that the routine makes and nothing uses the captured variables behind it.
type Obj = object
  name: string
proc `=destroy`(x: var Obj) =
  if x.name.len > 0: echo "destroy ", x.name
proc `=copy`(a: var Obj, b: Obj) =
  echo "copy ", b.name
  a.name = b.name

proc basic() =
  echo "-- basic"
  var x = Obj(name: "x")
  let f = proc() = echo "call ", x.name
  f()
  echo "end basic"
basic()

proc ret(): proc() =
  echo "-- ret"
  var x = Obj(name: "r")
  result = proc() = echo "call ", x.name
  echo "end ret"
block:
  let g = ret()
  g()
  echo "after g"

proc useRet() =
  let g = ret()
  g()
  echo "end useRet"
useRet()

proc early() =
  echo "-- early"
  var x = Obj(name: "e")
  proc inner() = echo "inner ", x.name
  inner()
  echo "end early"
early()

proc pass(f: proc()) = f()
proc passed() =
  echo "-- passed"
  var x = Obj(name: "p")
  pass(proc() = echo "in ", x.name)
  echo "end passed"
passed()

proc passSink(f: sink proc()) =
  f()
  echo "end sink"
proc passedS() =
  echo "-- passedS"
  var x = Obj(name: "ps")
  passSink(proc() = echo "in ", x.name)
  echo "end passedS"
passedS()

proc assigned() =
  echo "-- assigned"
  var x = Obj(name: "a1")
  var f: proc() = nil
  f = proc() = echo "first ", x.name
  f()
  f = nil
  echo "niled"
assigned()

proc twice() =
  echo "-- twice"
  var x = Obj(name: "t")
  let f = proc() = echo "f ", x.name
  let g = proc() = echo "g ", x.name
  f()
  g()
  echo "end twice"
twice()

proc inLoop() =
  echo "-- loop"
  var fs: seq[proc()]
  for i in 0..2:
    var x = Obj(name: "l" & $i)
    fs.add proc() = echo "loop ", x.name
  for f in fs: f()
  fs.setLen 1
  echo "setLen"
inLoop()

proc byParam(x: sink Obj) =
  echo "-- param"
  let f = proc() = echo "p ", x.name
  f()
  echo "end param"
byParam(Obj(name: "par"))

proc assignInside() =
  echo "-- assignInside"
  var x = Obj(name: "old")
  proc change() = x = Obj(name: "new")
  change()
  echo "end ", x.name
assignInside()

proc nested() =
  echo "-- nested"
  var x = Obj(name: "n")
  proc a() =
    var y = Obj(name: "ny")
    proc b() = echo x.name, y.name
    b()
    echo "end a"
  a()
  echo "end nested"
nested()

proc cond(c: bool) =
  echo "-- cond ", c
  var x = Obj(name: "c")
  if c:
    let f = proc() = echo "cond ", x.name
    f()
    echo "end if"
  echo "end cond"
cond(true)
cond(false)

proc raising() =
  echo "-- raising"
  var x = Obj(name: "ra")
  let f = proc() = raise newException(ValueError, x.name)
  try: f()
  except ValueError: echo "caught ", getCurrentExceptionMsg()
  echo "end raising"
raising()

proc held(): seq[proc ()] =
  var x = Obj(name: "h")
  result.add proc () = echo "held ", x.name
proc shown() =
  echo "-- shown"
  var x = Obj(name: "s")
  let f = proc () = echo "f ", x.name
  f()
  echo x.name
  echo "end shown"
shown()
proc given() =
  echo "-- given"
  var fs = held()
  fs[0]()
  fs.setLen 0
  echo "end given"
given()
proc afterwards(late: bool) =
  echo "-- afterwards"
  var x = Obj(name: "l")
  defer: echo "deferred ", x.name
  if late: passSink(proc () = echo "late ", x.name)
  echo "end afterwards"
afterwards(true)
proc either(c: bool) =
  echo "-- either"
  var x = Obj(name: "i")
  for i in 0 .. 1:
    if c == (i == 1): passSink(proc () = echo "once ", x.name)
  echo "end either"
either(true)
type Holder = object
  f: proc (): string
proc field() =
  echo "-- field"
  var x = Obj(name: "field")
  var h = Holder(f: proc (): string = x.name)
  echo h.f()
  h.f = nil
  echo "end field"
field()
proc counter(): iterator (): string =
  var x = Obj(name: "counter")
  result = iterator (): string =
    for i in 0 .. 1: yield x.name & $i
proc counted() =
  let next = counter()
  for s in next(): echo s
  echo "end counted"
counted()
