import logic, std/hotcodereloading

var
  closure = makeClosure(10)
  iter = makeIterator()

proc step*() =
  performCodeReload()
  echo closure(), " ", iter(), " ", finished(iter), " ", makeClosure(10)(), " ", makeIterator()()

beforeCodeReload:
  closure = nil
  iter = nil
afterCodeReload:
  closure = makeClosure(0)
  iter = makeIterator()

echo closure(), " ", iter()
