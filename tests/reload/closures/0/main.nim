# Closures and iterators that exist run their old code to the end; new ones the new code. Old code goes when the last one does.
import logic, std/hotcodereloading

var
  closure = makeClosure(10)
  iter = makeIterator()

proc step*() =
  performCodeReload()
  echo closure(), " ", iter(), " ", finished(iter), " ", makeClosure(10)(), " ", makeIterator()()

echo closure(), " ", iter()
