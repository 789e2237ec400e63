discard """
  output: '''
3
a-1
a-2
[7, 8]
[7, 8]
(1, "x")
'''
"""
# A closure in an inline iterator holds the iterator's parameter.
iterator once(n: int): int =
  let f = proc(): int = n
  yield f()
for x in once(3): echo x

iterator named(name: string, count: int): string =
  var made = 0
  let next = proc(): string =
    inc made
    name & "-" & $made
  while made < count: yield next()
let prefix = "a"
for s in named(prefix, 2): echo s

iterator pair(list: seq[int]): proc(): string =
  yield proc(): string = "[" & $list[0] & ", " & $list[1] & "]"
var kept: seq[proc(): string]
for make in pair(@[7, 8]):
  kept.add make
  echo make()
echo kept[0]()

iterator generic[T](value: T): T =
  let give = proc(): T = value
  yield give()
for v in generic((1, "x")): echo v
