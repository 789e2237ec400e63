# An iterator that is suspended keeps addresses where it goes on with them, and nowhere else: a version waits for it there alone.
import state, std/hotcodereloading
let it = iterator (): int =
  yield 0
  for n in mitems(numbers()):
    n += 1
    yield n
  var total = 0
  for n in numbers(): total += n
  yield total
  yield -total
proc step*() =
  echo it()
  performCodeReload()
  if not lastReload().ok: echo lastReload().error
