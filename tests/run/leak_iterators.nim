discard """
  output: '''
done
'''
  disabled: "nim"
"""
# No block is left by closure iterators (run to the end, left, abandoned, raising) and methods. The real Nim has no RtLiveBlocks.
proc liveBlocks(): int {.magic: "RtLiveBlocks".}
type Animal = ref object of RootObj
  name: string
type Dog = ref object of Animal
method say(a: Animal): string {.base.} = a.name & "?"
method say(a: Dog): string = a.name & "!"
iterator words(n: int): string {.closure.} =
  let pre = "w" & $n
  var s = @[pre]
  for i in 0..<n:
    s.add pre & $i
    try:
      yield s[^1]
    except ValueError:
      yield "never"
    finally:
      s.add "f"
proc full(): int =
  for w in words(5): result += w.len
proc partial(): int =
  let it = words
  for i in 0..2: result += it(5).len
proc leave(): int =
  for w in words(5):
    result += w.len
    if result > 6: break
proc raising() =
  try:
    for w in words(4):
      if w == "w42": raise newException(IOError, w & "x")
  except IOError: discard
proc gens(): int =
  var all: seq[iterator (n: int): string {.closure.}]
  for i in 0..3: all.add words
  for it in all: result += it(3).len
proc nested(): int =
  var log = @["a" & $1]
  let it = iterator (): string =
    for x in log:
      let y = x & "y"
      yield y
      yield y & y
  log.add "b"
  for s in it(): result += s.len
proc meth(): int =
  let xs = @[Animal(name: "a" & $1), Dog(name: "d" & $2)]
  for x in xs: result += x.say.len
template check(name: string, body: untyped) =
  block:
    body
    let before = liveBlocks()
    for i in 0..9: body
    let after = liveBlocks()
    if after != before: echo name, " leaks ", after - before
check "full": discard full()
check "partial": discard partial()
check "leave": discard leave()
check "raising": raising()
check "gens": discard gens()
check "nested": discard nested()
check "meth": discard meth()
echo "done"
