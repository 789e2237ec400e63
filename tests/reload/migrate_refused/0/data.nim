type
  Size = enum small, large
  Part = object
    amount: int
    size: Size
  Store = ref object
    parts: seq[Part]
var store = Store(parts: @[Part(amount: 3, size: large)])
proc show*() = echo "0: ", store.parts[0].amount, " ", store.parts[0].size
