import size
type Cell = object
  kind: int = 7
var cells: array[Size, string]
var kinds: array[Size, Cell]
cells[high(Size)] = "last"
proc show*() = echo cells, kinds
