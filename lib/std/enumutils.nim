## More for enums.

iterator items*[T: enum](E: typedesc[T]): T =
  ## The constants, lowest first; of an enum with holes too.
  for i in ord(low(T)) .. ord(high(T)):
    when T is Ordinal: yield T(i)
    else:
      if isConstant[T](i): yield cast[T](i)

func symbolName*[T: enum](a: T): string = $a
  ## The constant's name.
