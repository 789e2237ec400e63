import std/macros
import data
proc label*(): string = Person.getCustomPragmaVal(key)
proc field*(): string = Person().name.getCustomPragmaVal(key)
proc other*(): int = 1
