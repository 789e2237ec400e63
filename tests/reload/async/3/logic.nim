import std/asyncdispatch
proc label(x: int): string = "ends with 3: " & $x
proc pause() {.async.} = await sleepAsync(3)
proc work*(gate: Future[int]): Future[string] {.async.} =
  let x = await gate
  await pause()
  return "began in 3, " & label(x)
