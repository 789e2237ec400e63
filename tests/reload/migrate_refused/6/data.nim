type
  Size = enum tiny, small, large
  Part = object
    size: Size
    amount: int
  Store = ref object
    parts: seq[Part]
var store = Store()
proc show*() = echo "6: ", store.parts[0].amount, " ", store.parts[0].size
