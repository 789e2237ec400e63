import std/macros
macro fields*(T: typedesc): string =
  var text = ""
  for f in T.getTypeInst[1].getTypeImpl[2]: text.add $f[0] & " "
  newLit(text)
macro value*(c: typed): untyped = newCall("$", c)
