import std/macros
proc suffix(n: NimNode): string {.compileTime.} = "-" & $n
macro named*(x: untyped): string = newLit($x & suffix(x))
macro doubled*(x: untyped): untyped = infix(x, "+", x)
proc plain*(): int = 1
