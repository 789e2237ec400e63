discard """
  output: '''
1 2
@["copy 1", "destroy 0", "destroy 2", "destroy 9", "destroy 1", "destroy 1"]
moved 6
7
'''
"""
# An instance of a type with generic hooks is destroyed element by element; `result` is moved before it gets another value.
type
  Res[T] = object
    v: T
    live: bool
var log: seq[string]
proc `=destroy`[T](x: var Res[T]) =
  if x.live: log.add "destroy " & $x.v
proc `=copy`[T](a: var Res[T], b: Res[T]) =
  log.add "copy " & $b.v
  a.v = b.v
  a.live = b.live
proc mk[T](v: T): Res[T] = Res[T](v: v, live: true)
proc test() =
  var s: seq[Res[int]]
  for i in 0..2: s.add mk(i)
  let x = s[1]
  s.del 0
  var t = s
  t[0] = mk(9)
  echo x.v, " ", t.len
test()
echo log

type Plain = object
  id: int
proc `=copy`(a: var Plain, b: Plain) {.error.}
proc twice(): Plain =
  result = Plain(id: 6)
  let first = result
  result = Plain(id: 7)
  echo "moved ", first.id
echo twice().id
