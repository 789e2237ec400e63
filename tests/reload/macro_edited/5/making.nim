import std/macros
proc suffix(n: NimNode): string {.compileTime.} = "=" & $n
macro named*(x: untyped): string = newLit(suffix(x))
macro doubled*(x: untyped): untyped = infix(x, "-", newLit(1))
proc plain*(): int = 3
