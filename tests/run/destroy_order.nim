discard """
  disabled: "midair"
  output: '''
in scope ab
destroy b
destroy a
destroy x
destroy r
raised
loop0
destroy loop0
loop1
destroy loop1
end
'''
"""
# Not there yet: the last value of a variable in a loop at the top level lives as long as the program.
# Destructors run at the end of a scope, in reverse order of declaration.
type D = object
  name: string
proc `=destroy`(d: var D) =
  if d.name.len > 0: echo "destroy ", d.name
proc scope() =
  var a = D(name: "a")
  var b = D(name: "b")
  echo "in scope ", a.name, b.name
scope()
proc early(n: int) =
  let x = D(name: "x")
  if n > 0: return
  echo "not here ", x.name
early(1)
proc raises() =
  let r = D(name: "r")
  if r.name == "r": raise newException(ValueError, "raised")
try: raises()
except ValueError as e: echo e.msg
for i in 0..1:
  let l = D(name: "loop" & $i)
  echo l.name
echo "end"
