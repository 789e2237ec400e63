import std/asyncdispatch
proc label(x: int): string = "ends with 0: " & $x
proc pause() {.async.} = await sleepAsync(0)
proc work*(gate: Future[int]): Future[string] {.async.} =
  let x = await gate
  await pause()
  return "began in 0, " & label(x)
