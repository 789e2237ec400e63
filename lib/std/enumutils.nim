## More for enums.

from std/typetraits import HoleyEnum, OrdinalEnum

proc enumConstants(T: typedesc): auto {.magic: "TypeTrait".}
proc enumNames(T: typedesc): auto {.magic: "TypeTrait".}

iterator items*[T: HoleyEnum](E: typedesc[T]): T =
  ## The constants of an enum with holes, lowest first.
  for c in enumConstants(T): yield c

func symbolRank*[T: enum](a: T): int =
  ## How many constants come before this one.
  when T is OrdinalEnum: ord(a) - ord(low(T))
  else:
    for i, c in enumConstants(T):
      if c == a: return i
    raise newException(IndexDefect, "invalid enum value: " & $ord(a))

func symbolName*[T: enum](a: T): string =
  ## The constant's name as it was declared, even when it has another text.
  enumNames(T)[symbolRank(a)]
