discard """
  output: '''
56
20.5C
4
34
'''
"""
# Templates that declare procs, types and variables for the caller.
template makeGetter(name, value: untyped) =
  proc name(): int = value
makeGetter(five, 5)
makeGetter(six, five() + 1)
echo five(), six()
template newtypeOf(t: untyped, base: typedesc) =
  type t = distinct base
newtypeOf(Celsius, float)
proc `$`(c: Celsius): string = $float(c) & "C"
echo Celsius(20.5)
template defVar(name: untyped, T: typedesc, v: untyped) =
  var name: T = v
defVar(counter, int, 3)
inc counter
echo counter
template accessor(field: untyped) =
  proc `get field`(o: Obj): int = o.field
type Obj = object
  width, height: int
accessor(width)
accessor(height)
let o = Obj(width: 3, height: 4)
echo o.getWidth, o.getHeight
