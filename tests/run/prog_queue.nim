discard """
  output: '''
15
'''
"""
# A ring buffer and a breadth-first search with it.
type Queue[T] = object
  data: seq[T]
  first, count: int
proc initQueue[T](cap: int): Queue[T] = Queue[T](data: newSeq[T](cap))
proc put[T](q: var Queue[T], x: T) =
  doAssert q.count < q.data.len, "full"
  q.data[(q.first + q.count) mod q.data.len] = x
  inc q.count
proc take[T](q: var Queue[T]): T =
  result = q.data[q.first]
  q.first = (q.first + 1) mod q.data.len
  dec q.count
let maze = ["S.#.....", ".##.###.", "....#...", ".####.#.", "......#E"]
var dist: array[5, array[8, int]]
for r in dist.mitems:
  for c in r.mitems: c = -1
var q = initQueue[(int, int)](64)
q.put((0, 0))
dist[0][0] = 0
while q.count > 0:
  let (y, x) = q.take()
  for (dy, dx) in [(0, 1), (1, 0), (0, -1), (-1, 0)]:
    let ny = y + dy
    let nx = x + dx
    if ny in 0..4 and nx in 0..7 and maze[ny][nx] != '#' and dist[ny][nx] < 0:
      dist[ny][nx] = dist[y][x] + 1
      q.put((ny, nx))
echo dist[4][7]
