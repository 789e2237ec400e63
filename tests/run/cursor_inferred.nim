discard """
  output: '''
use 1 1
destroy 2
sink 3
use 3 3
destroy 1
destroy 3
--
use 2 2
use 1 1
copy 1
eat 1
destroy 1
destroy 1
destroy 2
--
use 5 5
use 6 6
use 5 5
destroy 5
destroy 6
--
eat 8
destroy 8
sink 9
destroy 7
destroy 9
--
both
elif
made
destroy 17
plain
end
destroy 15
destroy 14
destroy 13
destroy 12
destroy 11
'''
"""
# A local that only looks at a part of another copies and destroys nothing, unless the other changes meanwhile.
type T = object
  id: int
  s: string

proc `=destroy`(x: var T) =
  if x.id != 0: echo "destroy ", x.id
  `=destroy`(x.s)

proc `=copy`(a: var T, b: T) =
  echo "copy ", b.id
  `=destroy`(a)
  wasMoved(a)
  a.id = b.id
  a.s = b.s

proc `=sink`(a: var T, b: T) =
  `=destroy`(a)
  wasMoved(a)
  echo "sink ", b.id
  a.id = b.id
  a.s = b.s

proc mk(i: int): T = T(id: i, s: $i)
proc use(x: T) = echo "use ", x.id, " ", x.s
proc eat(x: sink T) = echo "eat ", x.id

type H = object
  items: seq[T]
  one: T

proc elements() =
  var s = @[mk(1), mk(2)]
  let a = s[0]
  use a
  s[1] = mk(3)
  use s[1]

proc fields(h: H) =
  let x = h.one
  let y = h.items[0]
  use x
  use y
  eat y

proc tuples() =
  let t = (mk(5), mk(6))
  let (x, y) = t
  use x
  use y
  use t[0]

proc added() =
  # No hook hears of an element that is moved into a sequence.
  var s: seq[T]
  s.add mk(7)
  var b = mk(8)
  eat b
  b = mk(9)
  s.add b

proc conditions() =
  # What a condition makes lives as long as the scope of the statement.
  if mk(11).id == 11 and mk(12).id == 12: echo "both"
  if mk(13).id == 0: echo "no"
  elif mk(14).id == 0 or mk(15).id == 15: echo "elif"
  else: echo mk(16).id
  for i in 0..1:
    if i == 1: echo "plain"
    elif mk(17).id == 17: echo "made"
  echo "end"

elements(); echo "--"
proc held() =
  let h = H(items: @[mk(1)], one: mk(2))
  fields(h)
held(); echo "--"
tuples(); echo "--"
added(); echo "--"
conditions()
