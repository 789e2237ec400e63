discard """
  disabled: "nim"
  output: '''
@["y"] @[]
zero! few! many
5 -1
2 5 3 8
x 2 2
3
4
4 2
'''
"""
# With "strictDefs" a local `let` gets its value later, once on each way (experimental manual of Nim 2, "Strict definitions and
# out parameters").
{.experimental: "strictDefs".}

proc branches(full: bool): seq[string] =
  let words: seq[string]
  if full: words = @["y"]
  else: words = @[]
  words

proc cases(n: int): string =
  let word: string
  case n
  of 0: word = "zero"
  of 1 .. 3: word = "few"
  else: return "many"
  word & "!"

proc handled(text: string): int =
  let size: int
  try: size = 10 div text.len
  except DivByZeroDefect: size = -1
  size

proc inLoop(n: int): int =
  for i in 0 ..< n:
    let signed: int
    if i mod 2 == 0: signed = i
    else: signed = -i
    result += signed

proc leavingLoop(): int =
  let first: int
  block search:
    for i in 0 .. 9:
      if i * i > 20:
        first = i
        break search
    first = -1
  first

proc forever(): int =
  let made: ref int
  while true:
    made = new int
    break
  made[] = 3
  made[]

proc captured(): proc (): int =
  let x: int
  x = 7
  result = proc (): int = x + 1

proc generic[T](value: T): T =
  let x, y: T
  x = value
  y = x
  y

proc leaves(n: int): int =
  let x: tuple[a: int, b: string]
  if n < 0: raise newException(ValueError, "negative")
  x = (n, "b")
  x.a + x.b.len

iterator twice(): int =
  let k: int
  k = 3
  yield k
  yield k + 1

# An `out` parameter is one that is `var`, and written to first.
proc split(n: int, high, low: out int) =
  high = n div 10
  low = n mod 10

echo branches(true), " ", branches(false)
echo cases(0), " ", cases(2), " ", cases(9)
echo handled("ab"), " ", handled("")
echo inLoop(5), " ", leavingLoop(), " ", forever(), " ", captured()()
echo generic("x"), " ", generic(2), " ", leaves(1)
for x in twice(): echo x
var high, low: int
split(42, high, low)
echo high, " ", low

{.push experimental: "strictDefs".}
{.pop.}
