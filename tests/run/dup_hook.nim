discard """
  disabled: "nim"
  output: '''
dup 1
take 101
destroy 101
1
destroy 1
-
copy 2
2 1002
destroy 1002
destroy 2
-
dup 3
3 103
destroy 103
destroy 3
-
dup 4
take outer 104
destroy 104
4
destroy 4
-
dup handle 5
take handle 105
close 105
5
close 5
-
dup 6
take all 1 106
destroy 106
dup 6
2 106
destroy 6
destroy 106
-
dup 7
take 107
destroy 107
copy 7
78 1007
destroy 1007
destroy 8
destroy 7
'''
"""
# Nim 2, destructors.rst, "=dup hook" and "Sink parameters": who takes a value as its own gets `=dup(y)` where y is read again; a
# variable that is given another one's value is written by `=copy`.
type
  Res = object
    id: int
  Outer = object
    name: string
    res: Res
  Handle = distinct int
proc `=destroy`(r: Res) =
  if r.id != 0: echo "destroy ", r.id
proc `=dup`(r: Res): Res =
  echo "dup ", r.id
  Res(id: r.id + 100)
proc `=copy`(a: var Res, b: Res) =
  echo "copy ", b.id
  a.id = b.id + 1000
proc `=destroy`(h: Handle) =
  if h.int != 0: echo "close ", h.int
proc `=dup`(h: Handle): Handle =
  echo "dup handle ", h.int
  Handle(h.int + 100)
proc `=copy`(a: var Handle, b: Handle) =
  echo "copy handle ", b.int
  a = Handle(b.int + 1000)

proc take(r: sink Res) = echo "take ", r.id
proc takeOuter(o: sink Outer) = echo "take outer ", o.res.id
proc takeHandle(h: sink Handle) = echo "take handle ", h.int
proc takeAll(s: sink seq[Res]) = echo "take all ", s.len, " ", s[0].id

proc argument =
  var a = Res(id: 1)
  take(a)
  echo a.id
proc declared =
  var a = Res(id: 2)
  var b = a
  echo a.id, " ", b.id
proc field =
  var a = Res(id: 3)
  let o = Outer(name: "x", res: a)
  echo a.id, " ", o.res.id
proc outer =
  var o = Outer(name: "x", res: Res(id: 4))
  takeOuter(o)
  echo o.res.id
proc handle =
  var h = Handle(5)
  takeHandle(h)
  echo h.int
proc elements =
  var s = @[Res(id: 6)]
  takeAll(s)
  s.add s[0]
  echo s.len, " ", s[1].id
proc chosen(c: bool) =
  var a = Res(id: 7)
  var b = Res(id: 8)
  take(if c: a else: b)
  let d = if c: a else: b
  echo a.id, b.id, " ", d.id
for test in [argument, declared, field, outer, handle, elements]:
  test()
  echo "-"
chosen(true)
