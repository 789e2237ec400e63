discard """
  output: '''
42
86
21
12
7
got 3
hi
hi
15
gen 3
nnkIntLitnnkStrLitdef
nnkIntLitnnkStrLitx
nnkIntLitnnkStrLity
1
2
3
42
mine
'''
"""
# What a macro of another module brings along means what it means there.
import making
let hidden = "mine"
proc secret(x: int): int = -1
echo useSecret(2)
echo useQuote(3)
var tmp = 1
var other = 2
swapIt(tmp, other)
echo tmp, other
block:
  swapIt(tmp, other)
  echo tmp, other
defVar(zz, 3 + 4)
echo zz
defProc(Foo)
echo getFoo(3)
twiceBlk:
  echo "hi"
echo viaTmpl(5)
echo callGen(3)
echo withParams(1)
echo withParams(2, "x")
echo withParams(b = "y", a = 5)
for i in forIt(3): echo i
proc inProc(): int =
  var loc = 10
  twiceBlk:
    inc loc
  swapIt(loc, tmp)
  loc + useSecret(loc)
echo inProc()
echo hidden
