type
  R = object
    first, second: int
    id: int
  Outer = object
    kept: seq[R]
proc `=destroy`(r: var R) =
  if r.id != 0: echo "new destroys ", r.id, " ", r.first
var outer = Outer()
var beside* = 7
proc act*() = echo outer.kept.len
