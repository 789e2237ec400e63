type Unit* = ref object of RootObj
  n*: int
method speak*(unit: Unit): string {.base.} = "unit " & $unit.n
