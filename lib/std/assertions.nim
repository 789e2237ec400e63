## Assertions: those of `system`, and what they call when they fail.

proc failedAssertImpl*(msg: string) {.noreturn.} =
  ## Raises an AssertionDefect. A scope that declares another one has its assertions call that.
  raiseAssert(msg)
