discard """
  disabled: "nim"
  errormsg: "'=dup' is not available for type <Res>; requires a copy because it's not the last read of 'r'"
  line: 16
"""
# Nim 2, destructors.rst, "=dup hook": who takes a value as its own cannot have it where it is read again. Variables may be given copies.
type
  Res = object
    id: int
proc `=copy`(a: var Res; b: Res) = a.id = b.id
proc `=dup`(r: Res): Res {.error.}
proc take(r: sink Res) = echo r.id
proc main =
  var r = Res(id: 1)
  var other = r
  take(r)
  echo r.id, other.id
main()
