discard """
  output: '''
31
free 3
list empty 2
free 2
after main
free 1
released
'''
"""
# A ref lives while something holds it.
type
  Res = object
    id: int
  R = ref Res
proc `=destroy`(r: var Res) =
  if r.id != 0: echo "free ", r.id
proc make(id: int): R =
  result = R(id: id)
var keep: R
proc main() =
  let a = make(1)
  keep = a
  let b = make(2)
  var list = @[b, b, make(3)]
  echo list.len, a.id
  list.setLen(0)
  echo "list empty ", b.id
main()
echo "after main"
keep = nil
echo "released"
