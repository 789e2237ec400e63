discard """
  errormsg: "recursion is not supported in iterators: 'it'"
  line: 7
"""
iterator it(n: int): int {.closure.} =
  yield n
  for x in it(n - 1): yield x
for x in it(3): echo x
