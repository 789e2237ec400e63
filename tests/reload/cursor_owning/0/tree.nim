import types
var root = Node(name: "root")
root.kids.add Node(name: "kid", up: root)
var view = View(sel: root.kids[0])
proc show*() = echo view.sel.name, " of ", view.sel.up.name, " with ", view.sel.up.kids.len
