import tables, heroes
export tables, heroes
type
  Tool* = enum axe, bow
proc `$`*(id: Id): string {.borrow.}
