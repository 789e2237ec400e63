discard """
  errormsg: "attempting to call routine: 'it'"
  line: 6
"""
iterator it(): int = yield 1
let x = it()
