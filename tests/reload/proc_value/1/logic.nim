proc add(x: int): int = x + 100
proc pick*(): proc (x: int): int {.nimcall.} = add
