type
  Size = enum tiny, small
  Part = object
    amount: int
    size: Size
  Store = ref object
    parts: seq[Part]
var store = Store()
proc show*() = echo "3: ", store.parts[0].amount, " ", store.parts[0].size
