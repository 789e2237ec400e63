import tables
export tables
type
  Unit* = ref object of RootObj
    n*: int
  Hero* = ref object of Unit
    hp*: int
  Tool* = enum axe, bow
  Box*[T] = object
    value*: T
  Id* = distinct int
proc `$`*(id: Id): string {.borrow.}
method speak*(unit: Unit): string {.base.} = "unit"
method speak*(hero: Hero): string = "hero " & $hero.hp
