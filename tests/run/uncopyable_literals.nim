discard """
  output: '''
1
2 5
3
destroy 3
destroy 6
destroy 7
destroy 2
destroy 5
destroy 1
'''
"""
# Literals of values that cannot be copied, which is what owns a resource, are built in place.
type
  Handle = object
    id: int
  Owner = object
    first: Handle
    more: seq[Handle]

proc `=destroy`(x: var Handle) =
  if x.id != 0: echo "destroy ", x.id
proc `=copy`(a: var Handle, b: Handle) {.error.}

var handles = @[Handle(id: 1)]
let owner = Owner(first: Handle(id: 2), more: @[Handle(id: 5)])
echo handles[0].id
echo owner.first.id, " ", owner.more[0].id

proc locals() =
  var list = @[@[Handle(id: 6)], @[Handle(id: 7)]]
  let last = @[Handle(id: 3)]
  echo last[0].id
  discard list.len
locals()
