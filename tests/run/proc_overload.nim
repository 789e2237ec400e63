discard """
  output: '''
int float string char bool int,int
seq openArray ref
int8 int64
exact generic generic
'''
"""
proc f(x: int): string = "int"
proc f(x: float): string = "float"
proc f(x: string): string = "string"
proc f(x: char): string = "char"
proc f(x: bool): string = "bool"
proc f(x: int, y: int): string = "int,int"
proc f(x: seq[int]): string = "seq"
proc f(x: openArray[string]): string = "openArray"
proc f[T](x: ref T): string = "ref"
echo f(1), " ", f(1.0), " ", f("s"), " ", f('c'), " ", f(true), " ", f(1, 2)
echo f(@[1]), " ", f(["a"]), " ", f(new(int))
proc g(x: int8): string = "int8"
proc g(x: int64): string = "int64"
echo g(1'i8), " ", g(1'i64)
proc h[T](x: T): string = "generic"
proc h(x: int): string = "exact"
echo h(1), " ", h(1.5), " ", h("s")
