discard """
  output: '''
12
closed 1
closed 2
2
closed 3
closed 4
closed 5
71
closed 7
closed 6
ababcdcd
abcd
abcd
'''
"""
# An element of a local array is moved from like a field, where the index is constant and nothing reads it later.
type
  Resource = object
    handle: int
  Side = enum left, right

proc `=copy`(a: var Resource, b: Resource) {.error.}
proc `=destroy`(a: var Resource) =
  if a.handle != 0: echo "closed ", a.handle

proc open(handle: int): Resource = Resource(handle: handle)

proc taken() =
  var pair = [open(1), open(2)]
  let second = pair[1]
  let first = pair[0]
  echo first.handle, second.handle
taken()

proc refilled() =
  var sides: array[left .. right, Resource]
  sides[right] = open(3)
  var kept: seq[Resource]
  kept.add sides[right]
  sides[right] = open(4)
  kept.add sides[right]
  sides[left] = open(5)
  echo kept.len
refilled()

proc nested() =
  var grid = [(open(6), 1), (open(7), 2)]
  let one = grid[1][0]
  echo one.handle, grid[0][1]
nested()

proc join(a, b: sink string): string = a & b

proc texts() =
  var words = ["a" & "b", "c" & "d"]
  var at = 1
  echo join(words[0], words[0]), join(words[at], words[1])
  for _ in 1 .. 2:
    echo join(words[0], words[1])
texts()
