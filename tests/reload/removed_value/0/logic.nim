proc old(): int = 1
proc resigned(): int = 10
proc handlerProc*(): proc (): int {.nimcall.} = old
proc otherProc*(): proc (): int {.nimcall.} = resigned
