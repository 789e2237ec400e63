discard """
  output: '''
destroy a
end of main
destroy b
'''
"""
# Globals are destroyed when the program ends.
type D = object
  name: string
proc `=destroy`(d: var D) =
  if d.name.len > 0: echo "destroy ", d.name
var a = D(name: "a")
a = D(name: "b")
echo "end of main"
