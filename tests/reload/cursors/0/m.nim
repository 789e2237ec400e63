type
  Base = ref object of RootObj
    id: int
    parent {.cursor.}: Base
    kids: seq[Base]
  Leaf = ref object of Base
    n: int16
  View = object
    first {.cursor.}: Base
    text {.cursor.}: string
var
  root = Base(id: 1)
  all: seq[Base]
  view: View
for i in 2 .. 4:
  let kid = if i == 3: Leaf(id: i, parent: root, n: 7) else: Base(id: i, parent: root)
  root.kids.add kid
  kid.kids.add Leaf(id: i * 10, parent: kid, n: 5)
view.first = root.kids[1]
proc show(b: Base): string =
  result = $b.id
  if b of Leaf: result.add "n" & $Leaf(b).n
  if b.parent != nil: result.add "^" & $b.parent.id
  for kid in b.kids: result.add " " & show(kid)
proc show*() = echo show(root), " | ", view.first.id, " ", view.text
