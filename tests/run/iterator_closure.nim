discard """
  disabled: "midair"
  output: '''
1
2
3
567
false
true
a
b
'''
"""
# Not there yet: closure iterators.
iterator count(a, b: int): int {.closure.} =
  var x = a
  while x <= b:
    yield x
    inc x
for x in count(1, 3): echo x
let it = count
echo it(5, 7), it(5, 7), it(5, 7)
echo finished(it)
discard it(5, 7)
echo finished(it)
proc gen(): iterator (): string =
  return iterator (): string =
    yield "a"
    yield "b"
let g = gen()
for s in g(): echo s
