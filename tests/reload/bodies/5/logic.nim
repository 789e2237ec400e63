import std/hotcodereloading

proc scale(x: int): int = x * 2

{.push checks: off.}
proc wrapping(x: int8): int8 = x + 100
{.pop.}

proc answer*(): int =
  proc part(i: int): int = i
  var calls {.global.} = 50
  inc calls
  calls

proc later(): int = 7

proc atCompileTime*(): int = 30

proc wide*(): int =
  result = int(wrapping(27'i8)) + later()
