proc fresh(): int = 2
proc resigned(x: int): int = 10 * x
proc twice(): int = resigned(2)
proc handlerProc*(): proc (): int {.nimcall.} = fresh
proc otherProc*(): proc (): int {.nimcall.} = twice
