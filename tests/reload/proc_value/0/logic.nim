proc add(x: int): int = x + 1
proc pick*(): proc (x: int): int {.nimcall.} = add
