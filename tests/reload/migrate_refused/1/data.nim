type
  Size = enum small, large
  Part = object
    amount: string
    size: Size
  Store = ref object
    parts: seq[Part]
var store = Store()
proc show*() = echo "1: ", store.parts[0].amount, " ", store.parts[0].size
