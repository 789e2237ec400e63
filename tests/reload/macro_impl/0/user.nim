import std/macros, logic
macro text(f: typed): string = newLit(f.getImpl.body.repr)
proc used*(): string = text(step1) & " " & $step2(4)
