proc old(): int = 3
proc resigned(): int = 30
proc handlerProc*(): proc (): int {.nimcall.} = old
proc otherProc*(): proc (): int {.nimcall.} = resigned
