import std/hotcodereloading
proc f(): int = 2
var a = 1

echo "a ", a
echo "next"
performCodeReload()
echo "after ", f()
var b: int = f()
echo "b ", b, " a ", a

echo "next"
performCodeReload()
echo "end ", f(), " ", a, " ", b
