type
  R = object
    name: string
    id: int
proc `=destroy`(r: var R) =
  if r.id != 0: echo "another destroys ", r.id
var beside* = 7
proc act*() =
  let own = R(id: 5)
  echo own.id
