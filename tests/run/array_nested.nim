discard """
  output: '''
[[0, 1, 2, 3], [10, 11, 12, 13], [20, 21, 22, 23]]
23 [10, 11, 12, 13] 3 4
10 [-1, 11, 12, 13]
3
[['c', 'd'], ['c', 'd']]
'''
"""
var grid: array[3, array[4, int]]
for y in 0 ..< 3:
  for x in 0 ..< 4:
    grid[y][x] = y * 10 + x
echo grid
echo grid[2][3], " ", grid[1], " ", grid.len, " ", grid[0].len
var copy = grid[1]
copy[0] = -1
echo grid[1][0], " ", copy
const table = [[1, 2], [3, 4]]
echo table[1][0]
type Board = array[2, array[2, char]]
var b: Board = [['a', 'b'], ['c', 'd']]
b[0] = b[1]
echo b
