discard """
  output: '''
1
closed 2
3
5
6
closed 6
closed 4
closed 3
closed 1
'''
"""
# A variable of the top level whose value cannot be copied gives it to another one that is declared with it, if nothing mentions it later.
type Resource = object
  handle: int

proc `=copy`(a: var Resource, b: Resource) {.error.}
proc `=destroy`(a: var Resource) =
  if a.handle != 0: echo "closed ", a.handle

proc open(handle: int): Resource = Resource(handle: handle)

let constant = Resource(handle: 1)
let moved = constant
echo moved.handle

var first = open(2)
first = open(3)
let second = first
echo second.handle

var pair = (open(4), 5)
let whole = pair
echo whole[1]

block:
  var inner = open(6)
  let outer = inner
  echo outer.handle
