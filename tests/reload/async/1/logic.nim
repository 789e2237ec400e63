import std/asyncdispatch
proc label(x: int): string = "ends with 1: " & $x
proc pause() {.async.} = await sleepAsync(1)
proc work*(gate: Future[int]): Future[string] {.async.} =
  let x = await gate
  await pause()
  return "began in 1, " & label(x)
