import std/[macros, macrocache]
const list = CacheSeq"names"
macro note*(x: untyped): untyped =
  list.add x
  newEmptyNode()
macro noted*(): untyped =
  result = newNimNode(nnkBracket)
  for x in list: result.add newLit($x)
