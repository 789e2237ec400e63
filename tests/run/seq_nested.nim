discard """
  output: '''
@[@[0], @[0, 1], @[0, 2, 4]]
@[0, 1, 100] @[-5, 1, 100]
@[@["a", "z"], @["b", "c"]] c 2
@["grown", ""]
'''
"""
var grid: seq[seq[int]]
for y in 0 ..< 3:
  grid.add(@[])
  for x in 0 .. y: grid[y].add(x * y)
echo grid
grid[1].add(100)
let copy = grid
grid[1][0] = -5
echo copy[1], " ", grid[1]
var words = @[@["a"], @["b", "c"]]
words[0].add("z")
echo words, " ", words[1][1], " ", words.len
var strs = newSeq[string](2)
strs[0].add "grown"
echo strs
