discard """
  output: '''
3
16
add9
sub3
mul18
intfloatstringseq of int
1;b;2.5;c;true;
12x12y35x
12x3
@[1, 5, 6]
'''
"""
proc f(x: int): string {.raises: [ValueError].} =
  if x < 0: raise newException(ValueError, "neg")
  $x
echo f(3)
proc g() {.noSideEffect.} = discard
func sq(x: int): int = x * x
echo sq(4)
proc h(x: int): int {.inline, discardable.} = x + 1
h(3)
type
  Op = proc(a, b: int): int {.nimcall.}
let ops: array[3, (string, Op)] = [("add", Op(proc(a, b: int): int = a + b)), ("sub", proc(a, b: int): int = a - b), ("mul", proc(a, b: int): int = a * b)]
for (n, op) in ops: echo n, op(6, 3)
proc over(x: int): string = "int"
proc over(x: float): string = "float"
proc over(x: string): string = "string"
proc over[T](x: seq[T]): string = "seq of " & $T
echo over(1), over(1.0), over("a"), over(@[1])
proc va(args: varargs[string, `$`]): string =
  for a in args: result.add a & ";"
echo va(1, "b", 2.5, 'c', true)
proc named(a: int, b = 2, c = "x"): string = $a & $b & c
echo named(1), named(1, c = "y"), named(b = 5, a = 3)
echo named 1, 3
proc modify(s: var seq[int], x: int) = s.add x
var sq2 = @[1]
sq2.modify 5
modify(sq2, 6)
echo sq2
