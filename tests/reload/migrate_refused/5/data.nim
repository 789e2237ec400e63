type
  Size = enum tiny, small, large
  Part = object
    size: Size
    amount: Natural
  Store = ref object
    parts: seq[Part]
var store = Store()
proc show*() = echo "5: ", store.parts[0].amount, " ", store.parts[0].size
