import std/asyncdispatch
proc label(x: int): string = "ends with 2: " & $x
proc pause() {.async.} = await sleepAsync(2)
proc work*(gate: Future[int]): Future[string] {.async.} =
  let x = await gate
  await pause()
  return "began in 2, " & label(x)
