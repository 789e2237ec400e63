type Unit* = ref object of RootObj
  n*: int
  name: string
method speak*(unit: Unit): string {.base.} = unit.name & $unit.n
