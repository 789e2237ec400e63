import tables, heroes
export tables, heroes
proc `$`*(id: Id): string {.borrow.}
