type
  Handle = object
    id: int
  Holder = object
    name: string
    kept: Handle

proc `=destroy`(h: var Handle) =
  if h.id != 0: echo "new close ", h.id
proc `=copy`(a: var Handle; b: Handle) {.error.}

var holder: Holder

proc show*() = echo holder.kept.id, " ", holder.name
