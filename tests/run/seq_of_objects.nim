discard """
  output: '''
@[(name: "arrow", count: 7), (name: "longbow", count: 1)]
arrow arrows
12
1-1
@[@[(name: "deep", count: 5)]]
'''
"""
type
  Item = object
    name: string
    count: int
var items: seq[Item]
items.add(Item(name: "arrow", count: 10))
items.add(Item(name: "bow", count: 1))
items[0].count -= 3
for it in items.mitems:
  if it.name == "bow": it.name = "longbow"
echo items
let copy = items
items[0].name.add("s")
echo copy[0].name, " ", items[0].name
items.setLen(1)
echo items.len, copy.len
proc find(xs: seq[Item], name: string): int =
  for i, x in xs:
    if x.name == name: return i
  -1
echo copy.find("longbow"), copy.find("x")
var nested = @[@[Item(name: "deep")]]
nested[0][0].count = 5
echo nested
