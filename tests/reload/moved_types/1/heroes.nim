type
  Unit* = ref object of RootObj
    n*: int
  Hero* = ref object of Unit
    hp*: int
    name: string
  Box*[T] = object
    value*: T
    weight: int
  Id* = distinct int
method speak*(unit: Unit): string {.base.} = "unit!"
method speak*(hero: Hero): string = "hero! " & $hero.hp & hero.name
