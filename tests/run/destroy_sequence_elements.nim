discard """
  output: '''
one gives way
  destroy 1
  use 2
  destroy 2
refilled
  destroy 1
  use 4
  destroy 4
  destroy 2
mentioned later
  destroy 1
  copy 2
  use 20
  use 2
  destroy 20
  destroy 2
added to
  copy 2
  use 20
  destroy 20
  destroy 1
  destroy 2
  destroy 3
changed in place
  destroy 1
  destroy 2
  copy 5
  use 50
  destroy 50
  copy 6
  use 60
  destroy 60
  destroy 5
  destroy 6
swapped
  use 1
  destroy 2
  destroy 1
out of reach
  index 3 not in 0 .. 1
  destroy 1
  destroy 2
'''
"""
# What is read of a sequence for the last time at a constant index is moved out of it, and what somebody else may change is not looked at
# in place of a copy.
type R = object
  id: int

proc `=destroy`(r: var R) =
  if r.id != 0: echo "  destroy ", r.id

proc `=copy`(to: var R, r: R) =
  `=destroy`(to)
  echo "  copy ", r.id
  to.id = r.id * 10

proc use(r: R) = echo "  use ", r.id

template run(name, body: untyped) =
  echo name
  proc part() {.gensym.} = body
  part()

run "one gives way":
  var s = @[R(id: 1), R(id: 2)]
  s[0] = s[1]
  use s[0]

run "refilled":
  var s = @[(R(id: 1), R(id: 2))]
  var pair = s[0]
  pair[0] = R(id: 4)
  s[0] = pair
  use s[0][0]

run "mentioned later":
  var s = @[R(id: 1), R(id: 2)]
  s[0] = s[1]
  use s[0]
  use s[1]

run "added to":
  var s = @[R(id: 1), R(id: 2)]
  let x = s[1]
  use x
  s.add R(id: 3)

run "changed in place":
  var s = @[R(id: 1), R(id: 2)]
  for i, x in s.mpairs: x = R(id: 5 + i)
  for i in 0 ..< s.len:
    let x = s[i]
    use x

run "swapped":
  var pair = [R(id: 1), R(id: 2)]
  swap pair[0], pair[1]
  let other = pair
  use other[1]

run "out of reach":
  var s = @[R(id: 1), R(id: 2)]
  try: use s[3]
  except IndexDefect as e: echo "  ", e.msg
