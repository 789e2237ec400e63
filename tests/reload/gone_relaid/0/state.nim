type
  R = object
    id: int
  Outer = object
    dropped: R
    kept: seq[R]
proc `=destroy`(r: var R) =
  if r.id != 0: echo "old destroys ", r.id
var gone = R(id: 1)
var boxed = (ref R)(id: 2)
var outer = Outer(dropped: R(id: 3), kept: @[R(id: 4)])
proc act*() = echo outer.kept.len
