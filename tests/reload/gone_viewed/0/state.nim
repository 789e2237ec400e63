type Owner = object
  id: int
  items: seq[int]
proc `=destroy`(o: var Owner) =
  if o.id != 0: echo "destroyed ", o.id
  `=destroy`(o.items)
const has* = true
var
  owner = new Owner
  words = @["some words that are long"]
  number = 41
owner.id = 7
owner.items = @[1, 2, 3]
proc count*(): var int = number
proc text*(): lent string = words[0]
proc item*(): var int = owner.items[1]
proc churn*() = discard
