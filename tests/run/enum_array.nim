discard """
  output: '''
north 0 0
east 1 2
south 0 0
west -1 1
[0, 2, 0, 1] north west 4
north west
'''
"""
# An array indexed by an enum.
type Dir = enum north, east, south, west
const dx: array[Dir, int] = [0, 1, 0, -1]
var visits: array[Dir, int]
visits[east] += 2
inc visits[west]
for d in Dir: echo d, " ", dx[d], " ", visits[d]
echo visits, " ", low(visits), " ", high(visits), " ", len(visits)
proc turn(d: Dir): Dir =
  if d == west: north else: succ(d)
echo turn(west), " ", turn(south)
