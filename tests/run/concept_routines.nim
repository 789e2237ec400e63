discard """
  output: '''
3
b
6
true false
true false
ab
'''
"""
# Concepts that declare routines on `Self`.
type
  Sized = concept
    proc len(s: Self): int
  Ordered = concept
    proc `<`(a, b: Self): bool
  Indexed[T] = concept
    proc `[]`(s: Self, i: int): T
    proc len(s: Self): int
  Named = concept
    proc name(x: Self): string
  Pet = object
    text: string
proc size(x: Sized): int = x.len
proc largest[T: Ordered](a, b: T): T =
  if a < b: b else: a
proc total(x: Indexed[int]): int =
  for i in 0 ..< x.len: result += x[i]
proc name(p: Pet): string = p.text
proc greet(x: Named): string = x.name
echo size("abc")
echo largest("a", "b")
echo total(@[1, 2, 3])
echo seq[int] is Sized, " ", int is Sized
echo Pet is Named, " ", int is Named
echo greet(Pet(text: "ab"))
