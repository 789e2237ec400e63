discard """
  output: '''
[0, 7, 0, 1] 7
@["a", "b!?"]
'''
"""
# A proc that returns a var: the call can be assigned to.
type Grid = object
  cells: array[4, int]
proc at(g: var Grid, i: int): var int = g.cells[i]
var g: Grid
g.at(1) = 5
g.at(1) += 2
inc g.at(3)
echo g.cells, " ", g.at(1)
type Names = object
  list: seq[string]
proc last(n: var Names): var string = n.list[^1]
var names = Names(list: @["a", "b"])
names.last.add("!")
names.last() = names.last & "?"
echo names.list
