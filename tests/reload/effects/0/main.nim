# What a routine declares rests on the bodies that it calls, in other modules too: an edit that makes one do more is refused.
import deep, middle, std/hotcodereloading

proc shown(): int {.raises: [].} = level() * 10

proc step*() =
  performCodeReload()
  echo shown(), " ", free()

echo shown(), " ", free()
