type
  Handle = object
    id: int
  Holder = object
    kept, dropped: Handle
    name: string

proc `=destroy`(h: var Handle) =
  if h.id != 0: echo "old close ", h.id
proc `=copy`(a: var Handle; b: Handle) {.error.}

proc fill(h: var Holder) =
  h.kept.id = 1
  h.dropped.id = 2
  h.name = "holder"
var holder: Holder
fill(holder)

proc show*() = echo holder.kept.id, " ", holder.dropped.id, " ", holder.name
