discard """
  errormsg: "'=copy' is not available for type <Holder>; requires a copy because it's not the last read of 'a'"
  line: 14
"""
type Resource = object
  handle: int
proc `=copy`(a: var Resource, b: Resource) {.error.}

type Holder = object
  resource: Resource

proc main() =
  var a = Holder()
  var b = a
  echo a.resource.handle, b.resource.handle
main()
