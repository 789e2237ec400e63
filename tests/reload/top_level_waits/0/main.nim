# Top-level code that has not run yet when the program reloads in the middle of it is code that goes on as it was.
import std/hotcodereloading
proc f(): int32 = 1
var a = 1

echo "a ", a
echo "next"
performCodeReload()
echo "after ", f()
var b: int32 = f()
echo "b ", b, " a ", a

echo "next"
performCodeReload()
echo "end ", f(), " ", a, " ", b
