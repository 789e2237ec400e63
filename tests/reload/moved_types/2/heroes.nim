import tools
type
  Unit* = ref object of RootObj
    n*: int
  Hero* = ref object of Unit
    hp*: int
  Box*[T] = object
    value*: T
  Id* = distinct int
var score* = 20
method speak*(unit: Unit): string {.base.} = "unit"
method speak*(hero: Hero): string = "hero " & $hero.hp
export tools
