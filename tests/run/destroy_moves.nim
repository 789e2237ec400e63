discard """
  output: '''
eat 3
destroy 3
destroy 4
125
destroy 5
destroy 2
destroy 1
'''
"""
# A value that is used for the last time moves: one destroy for one value.
type D = object
  id: int
proc `=destroy`(d: var D) =
  if d.id != 0: echo "destroy ", d.id
proc `=copy`(a: var D, b: D) {.error.}
proc make(id: int): D = D(id: id)
proc pass(d: sink D): D = d
proc eat(d: sink D) = echo "eat ", d.id
proc main() =
  let a = make(1)
  let b = pass(make(2))
  eat(make(3))
  var c = make(4)
  c = make(5)
  echo a.id, b.id, c.id
main()
