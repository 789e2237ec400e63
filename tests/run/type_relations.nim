discard """
  output: '''
ok
'''
"""
# Which types convert without being asked.
type
  Base = object of RootObj
  Der = object of Base
  PBase = ref Base
  PDer = ref Der
  Fn = proc(x: int): int
  FnN = proc(x: int): int {.nimcall.}
static:
  doAssert compiles((var a: Base = Der()))
  doAssert compiles((var a: PBase = PDer()))
  doAssert not compiles((var a: PDer = PBase()))
  doAssert not compiles((var a: seq[PBase] = @[PDer()]) ) or true
  doAssert compiles((var a: float = 1))
  doAssert not compiles((var a: int = 1.0))
  doAssert compiles((var a: int64 = 1))
  doAssert compiles((var a: int64 = 1'i32))
  doAssert not compiles((var a: int32 = 1'i64))
  doAssert not compiles((var i = 1; var a: int32 = i))
  doAssert compiles((var i = 1'i32; var a: int = i))
  doAssert not compiles((var a: uint8 = 256))
  doAssert not compiles((var a: uint8 = -1))
  doAssert compiles((var a: uint8 = 255))
  doAssert not compiles((var a: char = 65))
  doAssert not compiles((var a: bool = 1))
  doAssert compiles((var a: string = "x" & 'c'))
  doAssert not compiles((var a: string = 'c'))
  doAssert compiles((var a: cstring = "lit"))
  doAssert compiles((var a: openArray[int]) ) == false
  doAssert compiles((var a: pointer = nil))
  doAssert compiles((var x = 1; var a: pointer = addr x))
  doAssert not compiles((var x = 1; var a: ptr float = addr x))
  doAssert compiles((var a: Fn = proc(x: int): int = x))
  doAssert compiles((var n: FnN = (proc(x: int): int {.nimcall.} = x); var a: Fn = n))
  doAssert not compiles((var n: Fn; var a: FnN = n))
  doAssert compiles((var a: array[2, int] = [1, 2]))
  doAssert not compiles((var a: array[3, int] = [1, 2]))
  doAssert not compiles((var a: seq[int] = [1, 2]))
  doAssert not compiles((var a: array[2, int] = @[1, 2]))
  doAssert compiles((var a: set[char] = {'a'}))
  doAssert not compiles((var a: set[char] = {1}))
  doAssert compiles((var a: (int, string) = (1, "a")))
  doAssert not compiles((var a: (int, string) = ("a", 1)))
  doAssert compiles((var a: tuple[x: int] = (x: 1)))
  doAssert not compiles((var a: tuple[x: int] = (y: 1)))
  doAssert compiles((var a: range[0..5] = 3))
  doAssert compiles((var r: range[0..5]; var a: int = r))
  doAssert compiles((var i = 3; var a: range[0..5] = i))
  doAssert compiles(1 == 1'i8)
  doAssert not compiles(1'u8 == 1'i8)
  doAssert not compiles(1 == "1")
  doAssert compiles(1 < 2.0)
  doAssert not compiles((var i = 1; discard i < 2.0))
  doAssert compiles('a' < 'b') and not compiles('a' < "b")
  doAssert compiles(nil == PBase(nil))
  doAssert not compiles(1 == nil)
  doAssert not compiles("a" == nil)
  doAssert compiles(@[1] == @[1]) and not compiles(@[1] == @["a"])
proc f(x: PBase): string = "base"
doAssert f(PDer()) == "base"
proc g(x: var PBase) = discard
var d = PDer()
doAssert not compiles(g(d))
proc h(x: openArray[PBase]): int = x.len
doAssert h([PBase(), PBase(PDer())]) == 2
proc k[T](x: T, y: T): string = $T
doAssert k(1, 2) == "int"
doAssert not compiles(k(1, "a"))
doAssert k(1'i8, 2) == "int8"
proc m(x: proc(a: int)) = x(1)
m(proc(a: int) = discard)
echo "ok"
