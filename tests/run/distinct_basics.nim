discard """
  output: '''
4.0m true
true false 7
id1 int1
3 nim
'''
"""
# A distinct type shares nothing until it borrows or declares it.
type
  Meters = distinct float
  Id = distinct int
proc `+`(a, b: Meters): Meters {.borrow.}
proc `<`(a, b: Meters): bool {.borrow.}
proc `$`(m: Meters): string = $float(m) & "m"
proc `==`(a, b: Id): bool {.borrow.}
let a = Meters(1.5)
let b = 2.5.Meters
echo a + b, " ", a < b
echo Id(3) == Id(3), " ", Id(3) == Id(4), " ", int(Id(7))
proc show(i: Id): string = "id" & $i.int
proc show(i: int): string = "int" & $i
echo show(Id(1)), " ", show(1)
type Name = distinct string
let n = Name("nim")
echo n.string.len, " ", string(n)
