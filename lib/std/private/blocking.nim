## Calls of C functions that may take long. Meanwhile the thread stands still: a reload goes on without it.

proc rtBlock(function: pointer, how: int32, a, b, c, d: int): int {.magic: "RtBlock", noSideEffect.}

const forThreads = 1'i32 # only another thread of the program ends the wait

proc callBlocking*(function: pointer; a, b, c, d: int = 0): int {.noSideEffect.} =
  ## Calls `function`, which must call nobody back. Of a smaller result only the lower part counts.
  rtBlock(function, 0, a, b, c, d)

proc waitForThreads*(function: pointer; a, b: pointer = nil) {.noSideEffect.} =
  ## The same for a function that waits for another thread.
  discard rtBlock(function, forThreads, cast[int](a), cast[int](b), 0, 0)
