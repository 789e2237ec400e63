discard """
  errormsg: "'=copy' is not available for type <Resource>; requires a copy because it's not the last read of 'first'"
  line: 12
"""
# A hook that is declared later does not make up for the `=copy` that is forbidden.
type Resource = object
  handle: int
proc `=copy`(a: var Resource, b: Resource) {.error.}
proc `=destroy`(a: var Resource) =
  if a.handle != 0: echo "closed"
let first = Resource(handle: 1)
let second = first
echo second.handle, first.handle
