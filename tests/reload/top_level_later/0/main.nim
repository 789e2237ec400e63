# Statements of the top level that run after a reload call what is current.
import logic, std/hotcodereloading

echo text(), " ", number()
let before = number()
echo "next"
performCodeReload()
echo text(), " ", number(), " ", before
let after = number()
echo after
for i in 1 .. 2: echo i + number()
