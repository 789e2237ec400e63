import types
var root: Node
var view = View(sel: root.kids[0])
proc show*() =
  root = nil
  echo view.sel.name, " of ", view.sel.up.name
