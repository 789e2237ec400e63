discard """
  output: '''
int
A
own
generic generic
int no
int A
before
'''
"""
# A name that has one meaning where a generic routine stands keeps it; one with several takes in what its caller sees.
type A = object

proc several(x: int): string = "int"
proc several(x: string): string = "string"
proc open[T](x: T): string = several(x)
proc mixed[T](x: T): string =
  mixin later
  later(x)
proc one[T](x: T): string = "generic"
proc bound[T](x: T): string = one(x)
proc plain(x: int): string = "int"
proc asked[T](x: T): string =
  when compiles(plain(x)): plain(x) else: "no"
proc dotted[T](x: T): string = x.several
template expanded(x: untyped): string = one(x)

proc several(x: A): string = "A"
proc later(x: A): string = "own"
proc one(x: A): string = "A"
proc plain(x: A): string = "A"

echo open(1)
echo open(A())
echo mixed(A())
echo bound(1), " ", bound(A())
echo asked(1), " ", asked(A())
echo dotted(1), " ", dotted(A())
proc one(x: float): string = "float"
echo if expanded(1.0) == "generic": "before" else: "after"
