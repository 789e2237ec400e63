discard """
  output: '''
5@["x", "y"]cb3[@["x", "y"], @[], @[]]
4true
'''
"""
type
  Int = int
  Names = seq[string]
  Callback = proc (n: int): string
  Table3 = array[3, Names]
var i: Int = 5
let n: int = i
var names: Names = @["x"]
names.add("y")
let cb: Callback = proc (n: int): string = "cb" & $n
var t: Table3
t[0] = names
echo n, names, cb(3), t
type
  A = object
    b: ref B
  B = object
    a: A
    v: int
var x: A
new(x.b)
x.b.v = 4
x.b.a = A()
echo x.b.v, x.b.a.b == nil
