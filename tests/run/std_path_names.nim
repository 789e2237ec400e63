discard """
  output: '''
[]
 |  |  |  |  | (head: "", tail: "") | (dir: "", name: "", ext: "") |  |  | false | true | false | '' | 
 | z |  |  | false | true | 
/ | /z | / | false | 
x | x/z | x |  | false | false | 
/x | /x/z | /x | false | 
../x | ../x/z | ../x |  | false | false | 
x | x/z | x |  | false | false | 
x/ | x/z | x/ |  | false | false | 
.. | ../z | .. |  | false | false | 
,
[/]
/ | / | / |  |  | (head: "/", tail: "") | (dir: "/", name: "", ext: "") |  |  | true | true | false | / | 
/ | /z | / | false | 
/ | /z | / | . | true | true | 
/x | /x/z | /x | false | 
/x | /x/z | /x | .. | false | false | 
/../x | /../x/z | /../x | false | 
/x | /x/z | /x | false | 
/x/ | /x/z | /x/ | false | 
/.. | /../z | /.. | false | 
/,
[//]
/ | / | / |  |  | (head: "/", tail: "") | (dir: "/", name: "", ext: "") |  |  | true | false | false | // | 
/ | /z |  | false | 
/ | /z | / | . | true | true | 
/x | /x/z | x | false | 
/x | /x/z | /x | .. | false | false | 
/../x | /../x/z | ../x | false | 
/x | /x/z | x | false | 
/x/ | /x/z | x/ | false | 
/.. | /../z | .. | false | 
//,,/,
[.]
. | . | ./ |  |  | (head: "", tail: ".") | (dir: "", name: ".", ext: "") | . | . | false | true | false | . | 
. | ./z | . | . | true | false | 
./ | ./z | ./ | false | 
./x | ./x/z | ./x | ../. | false | false | 
./x | ./x/z | ./x | false | 
./../x | ./../x/z | ./../x | ../../. | false | false | 
./x | ./x/z | ./x | ../. | false | false | 
./x/ | ./x/z | ./x/ | ../. | false | false | 
./.. | ./../z | ./.. | ../. | false | false | 
.,
[..]
.. | .. | ../ |  |  | (head: "", tail: "..") | (dir: "", name: "..", ext: "") | .. | .. | false | true | false | .. | 
.. | ../z | .. | .. | false | false | 
../ | ../z | ../ | false | 
../x | ../x/z | ../x | ../.. | false | false | 
../x | ../x/z | ../x | false | 
../../x | ../../x/z | ../../x | .. | false | false | 
../x | ../x/z | ../x | ../.. | false | false | 
../x/ | ../x/z | ../x/ | ../.. | false | false | 
../.. | ../../z | ../.. | . | true | true | 
..,
[./]
. | . | ./ |  |  | (head: ".", tail: "") | (dir: ".", name: "", ext: "") |  | . | false | true | false | ./ | 
./ | ./z | ./ | . | true | false | 
./ | ./z | ./ | false | 
./x | ./x/z | ./x | ../. | false | false | 
./x | ./x/z | ./x | false | 
./../x | ./../x/z | ./../x | ../../. | false | false | 
./x | ./x/z | ./x | ../. | false | false | 
./x/ | ./x/z | ./x/ | ../. | false | false | 
./.. | ./../z | ./.. | ../. | false | false | 
./,
[../]
.. | .. | ../ |  |  | (head: "..", tail: "") | (dir: "..", name: "", ext: "") |  | .. | false | true | false | ../ | 
../ | ../z | ../ | .. | false | false | 
../ | ../z | ../ | false | 
../x | ../x/z | ../x | ../.. | false | false | 
../x | ../x/z | ../x | false | 
../../x | ../../x/z | ../../x | .. | false | false | 
../x | ../x/z | ../x | ../.. | false | false | 
../x/ | ../x/z | ../x/ | ../.. | false | false | 
../.. | ../../z | ../.. | . | true | true | 
../,
[/.]
/ | / | / |  | . | (head: "/", tail: ".") | (dir: "/", name: ".", ext: "") | . |  | true | false | false | /. | 
/ | /z |  | false | 
/ | /z | / | . | true | true | 
/x | /x/z | x | false | 
/x | /x/z | /x | .. | false | false | 
/../x | /../x/z | ../x | false | 
/x | /x/z | x | false | 
/x/ | /x/z | x/ | false | 
/.. | /../z | .. | false | 
/.,,/,
[/..]
/.. | /.. | /../ | / | .. | (head: "/", tail: "..") | (dir: "/", name: "..", ext: "") | .. | .. | true | false | false | /.. | 
/.. | /../z |  | false | 
/../ | /../z | / | .. | false | false | 
/../x | /../x/z | x | false | 
/../x | /../x/z | /x | ../.. | false | false | 
/../../x | /../../x/z | ../x | false | 
/../x | /../x/z | x | false | 
/../x/ | /../x/z | x/ | false | 
/../.. | /../../z | .. | false | 
/..,/,/,
[a]
a | a | a/ | . |  | (head: "", tail: "a") | (dir: "", name: "a", ext: "") | a | a | false | true | false | a | 
a | a/z | a | a | true | false | 
a/ | a/z | a/ | false | 
a/x | a/x/z | a/x | ../a | false | false | 
a/x | a/x/z | a/x | false | 
x | x/z | x | ../../a | false | false | 
a/x | a/x/z | a/x | ../a | false | false | 
a/x/ | a/x/z | a/x/ | ../a | false | false | 
. | ./z | . | ../a | false | false | 
a,
[a/]
a | a | a/ | . |  | (head: "a", tail: "") | (dir: "a", name: "", ext: "") |  | a | false | true | false | a/ | 
a/ | a/z | a/ | a | true | false | 
a/ | a/z | a/ | false | 
a/x | a/x/z | a/x | ../a | false | false | 
a/x | a/x/z | a/x | false | 
x | x/z | x | ../../a | false | false | 
a/x | a/x/z | a/x | ../a | false | false | 
a/x/ | a/x/z | a/x/ | ../a | false | false | 
. | ./z | . | ../a | false | false | 
a/,
[a//]
a | a | a/ | . |  | (head: "a/", tail: "") | (dir: "a/", name: "", ext: "") |  | a | false | false | false | a// | 
a/ | a/z | a | a | true | false | 
a/ | a/z | a/ | false | 
a/x | a/x/z | a/x | ../a | false | false | 
a/x | a/x/z | a/x | false | 
x | x/z | x | ../../a | false | false | 
a/x | a/x/z | a/x | ../a | false | false | 
a/x/ | a/x/z | a/x/ | ../a | false | false | 
. | ./z | . | ../a | false | false | 
a//,.,a/,
[/a]
/a | /a | /a/ | / | a | (head: "/", tail: "a") | (dir: "/", name: "a", ext: "") | a | a | true | false | false | /a | 
/a | /a/z |  | false | 
/a/ | /a/z | / | a | true | false | 
/a/x | /a/x/z | x | false | 
/a/x | /a/x/z | /x | ../a | false | false | 
/x | /x/z | ../x | false | 
/a/x | /a/x/z | x | false | 
/a/x/ | /a/x/z | x/ | false | 
/ | /z | .. | false | 
/a,/,/,
[//a]
/a | //a | //a/ | / | a | (head: "/", tail: "a") | (dir: "/", name: "a", ext: "") | a | a | true | false | false | //a | 
/a | /a/z | / | false | 
/a/ | /a/z | / | a | true | false | 
/a/x | /a/x/z | /x | false | 
/a/x | /a/x/z | /x | ../a | false | false | 
/x | /x/z | /../x | false | 
/a/x | /a/x/z | /x | false | 
/a/x/ | /a/x/z | /x/ | false | 
/ | /z | /.. | false | 
//a,/,/,
[a/.]
a | a | a/ | . | . | (head: "a", tail: ".") | (dir: "a", name: ".", ext: "") | . | a | false | false | false | a/. | 
a | a/z | a | a | true | false | 
a/ | a/z | a/ | false | 
a/x | a/x/z | a/x | ../a | false | false | 
a/x | a/x/z | a/x | false | 
x | x/z | x | ../../a | false | false | 
a/x | a/x/z | a/x | ../a | false | false | 
a/x/ | a/x/z | a/x/ | ../a | false | false | 
. | ./z | . | ../a | false | false | 
a/.,.,a/,
[a/..]
. | a/.. | a/../ |  | .. | (head: "a", tail: "..") | (dir: "a", name: "..", ext: "") | .. | .. | false | false | false | a/.. | 
. | ./z | a | . | true | false | 
./ | ./z | a/ | false | 
./x | ./x/z | a/x | ../. | false | false | 
./x | ./x/z | a/x | false | 
./../x | ./../x/z | x | ../../. | false | false | 
./x | ./x/z | a/x | ../. | false | false | 
./x/ | ./x/z | a/x/ | ../. | false | false | 
./.. | ./../z | . | ../. | false | false | 
a/..,,a/,
[a/./b]
a/b | a/./b | a/./b/ | a | ./b | (head: "a/.", tail: "b") | (dir: "a/.", name: "b", ext: "") | b | b | false | false | false | a/./b | 
a/b | a/b/z | a | a/b | true | false | 
a/b/ | a/b/z | a/ | false | 
a/b/x | a/b/x/z | a/x | ../a/b | false | false | 
a/b/x | a/b/x/z | a/x | false | 
a/x | a/x/z | x | ../../a/b | false | false | 
a/b/x | a/b/x/z | a/x | ../a/b | false | false | 
a/b/x/ | a/b/x/z | a/x/ | ../a/b | false | false | 
a | a/z | . | ../a/b | false | false | 
a/./b,a,a/,a/./,
[a/../b]
b | a/../b | a/../b/ | . | ../b | (head: "a/..", tail: "b") | (dir: "a/..", name: "b", ext: "") | b | b | false | false | false | a/../b | 
b | b/z | . | b | true | false | 
b/ | b/z | ./ | false | 
b/x | b/x/z | ./x | ../b | false | false | 
b/x | b/x/z | ./x | false | 
x | x/z | ./../x | ../../b | false | false | 
b/x | b/x/z | ./x | ../b | false | false | 
b/x/ | b/x/z | ./x/ | ../b | false | false | 
. | ./z | ./.. | ../b | false | false | 
a/../b,.,a/,a/../,
[a//b]
a/b | a//b | a//b/ | a | b | (head: "a/", tail: "b") | (dir: "a/", name: "b", ext: "") | b | b | false | false | false | a//b | 
a/b | a/b/z | a/ | a/b | true | false | 
a/b/ | a/b/z | a/ | false | 
a/b/x | a/b/x/z | a/x | ../a/b | false | false | 
a/b/x | a/b/x/z | a/x | false | 
a/x | a/x/z | x | ../../a/b | false | false | 
a/b/x | a/b/x/z | a/x | ../a/b | false | false | 
a/b/x/ | a/b/x/z | a/x/ | ../a/b | false | false | 
a | a/z | . | ../a/b | false | false | 
a//b,a,a/,
[./a]
a | ./a | ./a/ | . | a | (head: ".", tail: "a") | (dir: ".", name: "a", ext: "") | a | a | false | false | false | ./a | 
a | a/z | . | a | true | false | 
a/ | a/z | ./ | false | 
a/x | a/x/z | ./x | ../a | false | false | 
a/x | a/x/z | ./x | false | 
x | x/z | ./../x | ../../a | false | false | 
a/x | a/x/z | ./x | ../a | false | false | 
a/x/ | a/x/z | ./x/ | ../a | false | false | 
. | ./z | ./.. | ../a | false | false | 
./a,.,./,
[../a]
../a | ../a | ../a/ | .. | a | (head: "..", tail: "a") | (dir: "..", name: "a", ext: "") | a | a | false | false | false | ../a | 
../a | ../a/z | .. | ../a | false | false | 
../a/ | ../a/z | ../ | false | 
../a/x | ../a/x/z | ../x | ../../a | false | false | 
../a/x | ../a/x/z | ../x | false | 
../x | ../x/z | ../../x | ../a | false | false | 
../a/x | ../a/x/z | ../x | ../../a | false | false | 
../a/x/ | ../a/x/z | ../x/ | ../../a | false | false | 
.. | ../z | ../.. | a | true | false | 
../a,..,../,
[../../a]
../../a | ../../a | ../../a/ | ../.. | ../a | (head: "../..", tail: "a") | (dir: "../..", name: "a", ext: "") | a | a | false | false | false | ../../a | 
../../a | ../../a/z | ../.. | ../../a | false | false | 
../../a/ | ../../a/z | ../../ | false | 
../../a/x | ../../a/x/z | ../../x | ../../../a | false | false | 
../../a/x | ../../a/x/z | ../../x | false | 
../../x | ../../x/z | ../../../x | ../../a | false | false | 
../../a/x | ../../a/x/z | ../../x | ../../../a | false | false | 
../../a/x/ | ../../a/x/z | ../../x/ | ../../../a | false | false | 
../.. | ../../z | ../../.. | ../a | false | false | 
../../a,../..,..,../,../../,
[a/b/c]
a/b/c | a/b/c | a/b/c/ | a/b | b/c | (head: "a/b", tail: "c") | (dir: "a/b", name: "c", ext: "") | c | c | false | false | false | a/b/c | 
a/b/c | a/b/c/z | a/b | a/b/c | true | false | 
a/b/c/ | a/b/c/z | a/b/ | false | 
a/b/c/x | a/b/c/x/z | a/b/x | ../a/b/c | false | false | 
a/b/c/x | a/b/c/x/z | a/b/x | false | 
a/b/x | a/b/x/z | a/x | ../../a/b/c | false | false | 
a/b/c/x | a/b/c/x/z | a/b/x | ../a/b/c | false | false | 
a/b/c/x/ | a/b/c/x/z | a/b/x/ | ../a/b/c | false | false | 
a/b | a/b/z | a | ../a/b/c | false | false | 
a/b/c,a/b,a,a/,a/b/,
[a/b/]
a/b | a/b | a/b/ | a | b/ | (head: "a/b", tail: "") | (dir: "a/b", name: "", ext: "") |  | b | false | false | false | a/b/ | 
a/b/ | a/b/z | a | a/b | true | false | 
a/b/ | a/b/z | a/ | false | 
a/b/x | a/b/x/z | a/x | ../a/b | false | false | 
a/b/x | a/b/x/z | a/x | false | 
a/x | a/x/z | x | ../../a/b | false | false | 
a/b/x | a/b/x/z | a/x | ../a/b | false | false | 
a/b/x/ | a/b/x/z | a/x/ | ../a/b | false | false | 
a | a/z | . | ../a/b | false | false | 
a/b/,a,a/,
[.a]
.a | .a | .a/ | . |  | (head: "", tail: ".a") | (dir: "", name: ".a", ext: "") | .a | .a | false | true | true | .a | 
.a | .a/z | .a | .a | true | false | 
.a/ | .a/z | .a/ | false | 
.a/x | .a/x/z | .a/x | ../.a | false | false | 
.a/x | .a/x/z | .a/x | false | 
x | x/z | x | ../../.a | false | false | 
.a/x | .a/x/z | .a/x | ../.a | false | false | 
.a/x/ | .a/x/z | .a/x/ | ../.a | false | false | 
. | ./z | . | ../.a | false | false | 
.a,
[a.]
a. | a. | a./ | . |  | (head: "", tail: "a.") | (dir: "", name: "a.", ext: "") | a. | a. | false | true | false | a. | 
a. | a./z | a. | a. | true | false | 
a./ | a./z | a./ | false | 
a./x | a./x/z | a./x | ../a. | false | false | 
a./x | a./x/z | a./x | false | 
x | x/z | x | ../../a. | false | false | 
a./x | a./x/z | a./x | ../a. | false | false | 
a./x/ | a./x/z | a./x/ | ../a. | false | false | 
. | ./z | . | ../a. | false | false | 
a.,
[a.b]
a.b | a.b | a.b/ | . |  | (head: "", tail: "a.b") | (dir: "", name: "a", ext: ".b") | a.b | a.b | false | true | false | a.b | 
a.b | a.b/z | a.b | a.b | true | false | 
a.b/ | a.b/z | a.b/ | false | 
a.b/x | a.b/x/z | a.b/x | ../a.b | false | false | 
a.b/x | a.b/x/z | a.b/x | false | 
x | x/z | x | ../../a.b | false | false | 
a.b/x | a.b/x/z | a.b/x | ../a.b | false | false | 
a.b/x/ | a.b/x/z | a.b/x/ | ../a.b | false | false | 
. | ./z | . | ../a.b | false | false | 
a.b,
[.a.b]
.a.b | .a.b | .a.b/ | . |  | (head: "", tail: ".a.b") | (dir: "", name: ".a", ext: ".b") | .a.b | .a.b | false | true | true | .a.b | 
.a.b | .a.b/z | .a.b | .a.b | true | false | 
.a.b/ | .a.b/z | .a.b/ | false | 
.a.b/x | .a.b/x/z | .a.b/x | ../.a.b | false | false | 
.a.b/x | .a.b/x/z | .a.b/x | false | 
x | x/z | x | ../../.a.b | false | false | 
.a.b/x | .a.b/x/z | .a.b/x | ../.a.b | false | false | 
.a.b/x/ | .a.b/x/z | .a.b/x/ | ../.a.b | false | false | 
. | ./z | . | ../.a.b | false | false | 
.a.b,
[a.b.c]
a.b.c | a.b.c | a.b.c/ | . |  | (head: "", tail: "a.b.c") | (dir: "", name: "a.b", ext: ".c") | a.b.c | a.b.c | false | true | false | a.b.c | 
a.b.c | a.b.c/z | a.b.c | a.b.c | true | false | 
a.b.c/ | a.b.c/z | a.b.c/ | false | 
a.b.c/x | a.b.c/x/z | a.b.c/x | ../a.b.c | false | false | 
a.b.c/x | a.b.c/x/z | a.b.c/x | false | 
x | x/z | x | ../../a.b.c | false | false | 
a.b.c/x | a.b.c/x/z | a.b.c/x | ../a.b.c | false | false | 
a.b.c/x/ | a.b.c/x/z | a.b.c/x/ | ../a.b.c | false | false | 
. | ./z | . | ../a.b.c | false | false | 
a.b.c,
[/a.b/c]
/a.b/c | /a.b/c | /a.b/c/ | /a.b | a.b/c | (head: "/a.b", tail: "c") | (dir: "/a.b", name: "c", ext: "") | c | c | true | false | false | /a.b/c | 
/a.b/c | /a.b/c/z | /a.b | false | 
/a.b/c/ | /a.b/c/z | /a.b/ | a.b/c | true | false | 
/a.b/c/x | /a.b/c/x/z | /a.b/x | false | 
/a.b/c/x | /a.b/c/x/z | /a.b/x | ../a.b/c | false | false | 
/a.b/x | /a.b/x/z | /x | false | 
/a.b/c/x | /a.b/c/x/z | /a.b/x | false | 
/a.b/c/x/ | /a.b/c/x/z | /a.b/x/ | false | 
/a.b | /a.b/z | / | false | 
/a.b/c,/a.b,/,/,/a.b/,
[a/.b]
a/.b | a/.b | a/.b/ | a | .b | (head: "a", tail: ".b") | (dir: "a", name: ".b", ext: "") | .b | .b | false | false | true | a/.b | 
a/.b | a/.b/z | a | a/.b | true | false | 
a/.b/ | a/.b/z | a/ | false | 
a/.b/x | a/.b/x/z | a/x | ../a/.b | false | false | 
a/.b/x | a/.b/x/z | a/x | false | 
a/x | a/x/z | x | ../../a/.b | false | false | 
a/.b/x | a/.b/x/z | a/x | ../a/.b | false | false | 
a/.b/x/ | a/.b/x/z | a/x/ | ../a/.b | false | false | 
a | a/z | . | ../a/.b | false | false | 
a/.b,a,a/,
[a/b.]
a/b. | a/b. | a/b./ | a | b. | (head: "a", tail: "b.") | (dir: "a", name: "b.", ext: "") | b. | b. | false | false | false | a/b. | 
a/b. | a/b./z | a | a/b. | true | false | 
a/b./ | a/b./z | a/ | false | 
a/b./x | a/b./x/z | a/x | ../a/b. | false | false | 
a/b./x | a/b./x/z | a/x | false | 
a/x | a/x/z | x | ../../a/b. | false | false | 
a/b./x | a/b./x/z | a/x | ../a/b. | false | false | 
a/b./x/ | a/b./x/z | a/x/ | ../a/b. | false | false | 
a | a/z | . | ../a/b. | false | false | 
a/b.,a,a/,
[...]
... | ... | .../ | . |  | (head: "", tail: "...") | (dir: "", name: "...", ext: "") | ... | ... | false | true | true | ... | 
... | .../z | ... | ... | false | false | 
.../ | .../z | .../ | false | 
.../x | .../x/z | .../x | ../... | false | false | 
.../x | .../x/z | .../x | false | 
x | x/z | x | ../../... | false | false | 
.../x | .../x/z | .../x | ../... | false | false | 
.../x/ | .../x/z | .../x/ | ../... | false | false | 
. | ./z | . | ../... | false | false | 
...,
[a/...]
a/... | a/... | a/.../ | a | ... | (head: "a", tail: "...") | (dir: "a", name: "...", ext: "") | ... | ... | false | false | true | a/... | 
a/... | a/.../z | a | a/... | true | false | 
a/.../ | a/.../z | a/ | false | 
a/.../x | a/.../x/z | a/x | ../a/... | false | false | 
a/.../x | a/.../x/z | a/x | false | 
a/x | a/x/z | x | ../../a/... | false | false | 
a/.../x | a/.../x/z | a/x | ../a/... | false | false | 
a/.../x/ | a/.../x/z | a/x/ | ../a/... | false | false | 
a | a/z | . | ../a/... | false | false | 
a/...,a,a/,
[/a/../..]
/.. | /a/../.. | /a/../../ | / | a/../.. | (head: "/a/..", tail: "..") | (dir: "/a/..", name: "..", ext: "") | .. | .. | true | false | false | /a/../.. | 
/.. | /../z | / | false | 
/../ | /../z | / | .. | false | false | 
/../x | /../x/z | /x | false | 
/../x | /../x/z | /x | ../.. | false | false | 
/../../x | /../../x/z | /../x | false | 
/../x | /../x/z | /x | false | 
/../x/ | /../x/z | /x/ | false | 
/../.. | /../../z | /.. | false | 
/a/../..,/,/,/a/,/a/../,
[a/b/../../..]
.. | a/b/../../.. | a/b/../../../ |  | b/../../.. | (head: "a/b/../..", tail: "..") | (dir: "a/b/../..", name: "..", ext: "") | .. | .. | false | false | false | a/b/../../.. | 
.. | ../z | . | .. | false | false | 
../ | ../z | ./ | false | 
../x | ../x/z | ./x | ../.. | false | false | 
../x | ../x/z | ./x | false | 
../../x | ../../x/z | ./../x | .. | false | false | 
../x | ../x/z | ./x | ../.. | false | false | 
../x/ | ../x/z | ./x/ | ../.. | false | false | 
../.. | ../../z | ./.. | . | true | true | 
a/b/../../..,,a/,a/b/,a/b/../,a/b/../../,
[~]
~ | ~ | ~/ | . |  | (head: "", tail: "~") | (dir: "", name: "~", ext: "") | ~ | ~ | false | true | false | '~' | 
~ | ~/z | ~ | ~ | true | false | 
~/ | ~/z | ~/ | false | 
~/x | ~/x/z | ~/x | ../~ | false | false | 
~/x | ~/x/z | ~/x | false | 
x | x/z | x | ../../~ | false | false | 
~/x | ~/x/z | ~/x | ../~ | false | false | 
~/x/ | ~/x/z | ~/x/ | ../~ | false | false | 
. | ./z | . | ../~ | false | false | 
~,
[~/x]
~/x | ~/x | ~/x/ | ~ | x | (head: "~", tail: "x") | (dir: "~", name: "x", ext: "") | x | x | false | false | false | '~/x' | 
~/x | ~/x/z | ~ | ~/x | true | false | 
~/x/ | ~/x/z | ~/ | false | 
~/x/x | ~/x/x/z | ~/x | ../~/x | false | false | 
~/x/x | ~/x/x/z | ~/x | false | 
~/x | ~/x/z | x | ../../~/x | false | false | 
~/x/x | ~/x/x/z | ~/x | ../~/x | false | false | 
~/x/x/ | ~/x/x/z | ~/x/ | ../~/x | false | false | 
~ | ~/z | . | ../~/x | false | false | 
~/x,~,~/,
[a b/c d]
a b/c d | a b/c d | a b/c d/ | a b | c d | (head: "a b", tail: "c d") | (dir: "a b", name: "c d", ext: "") | c d | c d | false | false | false | 'a b/c d' | 
a b/c d | a b/c d/z | a b | a b/c d | true | false | 
a b/c d/ | a b/c d/z | a b/ | false | 
a b/c d/x | a b/c d/x/z | a b/x | ../a b/c d | false | false | 
a b/c d/x | a b/c d/x/z | a b/x | false | 
a b/x | a b/x/z | x | ../../a b/c d | false | false | 
a b/c d/x | a b/c d/x/z | a b/x | ../a b/c d | false | false | 
a b/c d/x/ | a b/c d/x/z | a b/x/ | ../a b/c d | false | false | 
a b | a b/z | . | ../a b/c d | false | false | 
a b/c d,a b,a b/,
[a\b]
a\b | a\b | a\b/ | . |  | (head: "", tail: "a\\b") | (dir: "", name: "a\\b", ext: "") | a\b | a\b | false | true | false | 'a\b' | 
a\b | a\b/z | a\b | a\b | true | false | 
a\b/ | a\b/z | a\b/ | false | 
a\b/x | a\b/x/z | a\b/x | ../a\b | false | false | 
a\b/x | a\b/x/z | a\b/x | false | 
x | x/z | x | ../../a\b | false | false | 
a\b/x | a\b/x/z | a\b/x | ../a\b | false | false | 
a\b/x/ | a\b/x/z | a\b/x/ | ../a\b | false | false | 
. | ./z | . | ../a\b | false | false | 
a\b,
[/.a]
/.a | /.a | /.a/ | / | .a | (head: "/", tail: ".a") | (dir: "/", name: ".a", ext: "") | .a | .a | true | false | true | /.a | 
/.a | /.a/z |  | false | 
/.a/ | /.a/z | / | .a | true | false | 
/.a/x | /.a/x/z | x | false | 
/.a/x | /.a/x/z | /x | ../.a | false | false | 
/x | /x/z | ../x | false | 
/.a/x | /.a/x/z | x | false | 
/.a/x/ | /.a/x/z | x/ | false | 
/ | /z | .. | false | 
/.a,/,/,
[a/.b.c]
a/.b.c | a/.b.c | a/.b.c/ | a | .b.c | (head: "a", tail: ".b.c") | (dir: "a", name: ".b", ext: ".c") | .b.c | .b.c | false | false | true | a/.b.c | 
a/.b.c | a/.b.c/z | a | a/.b.c | true | false | 
a/.b.c/ | a/.b.c/z | a/ | false | 
a/.b.c/x | a/.b.c/x/z | a/x | ../a/.b.c | false | false | 
a/.b.c/x | a/.b.c/x/z | a/x | false | 
a/x | a/x/z | x | ../../a/.b.c | false | false | 
a/.b.c/x | a/.b.c/x/z | a/x | ../a/.b.c | false | false | 
a/.b.c/x/ | a/.b.c/x/z | a/x/ | ../a/.b.c | false | false | 
a | a/z | . | ../a/.b.c | false | false | 
a/.b.c,a,a/,
[x/y.tar.gz]
x/y.tar.gz | x/y.tar.gz | x/y.tar.gz/ | x | y.tar.gz | (head: "x", tail: "y.tar.gz") | (dir: "x", name: "y.tar", ext: ".gz") | y.tar.gz | y.tar.gz | false | false | false | x/y.tar.gz | 
x/y.tar.gz | x/y.tar.gz/z | x | x/y.tar.gz | true | false | 
x/y.tar.gz/ | x/y.tar.gz/z | x/ | false | 
x/y.tar.gz/x | x/y.tar.gz/x/z | x/x | y.tar.gz | true | false | 
x/y.tar.gz/x | x/y.tar.gz/x/z | x/x | false | 
x/x | x/x/z | x | ../../x/y.tar.gz | false | false | 
x/y.tar.gz/x | x/y.tar.gz/x/z | x/x | y.tar.gz | true | false | 
x/y.tar.gz/x/ | x/y.tar.gz/x/z | x/x/ | y.tar.gz | true | false | 
x | x/z | . | ../x/y.tar.gz | false | false | 
x/y.tar.gz,x,x/,
'''
"""
# Paths of all shapes, taken apart, put together and compared.
import os
template w(e: untyped) =
  try: stdout.write e, " | "
  except Exception as x: stdout.write x.name, " | "
let ps = ["", "/", "//", ".", "..", "./", "../", "/.", "/..", "a", "a/", "a//", "/a", "//a", "a/.", "a/..", "a/./b", "a/../b", "a//b", "./a", "../a", "../../a", "a/b/c", "a/b/", ".a", "a.", "a.b", ".a.b", "a.b.c", "/a.b/c", "a/.b", "a/b.", "...", "a/...", "/a/../..", "a/b/../../..", "~", "~/x", "a b/c d", "a\\b", "/.a", "a/.b.c", "x/y.tar.gz"]
for p in ps:
  echo "[", p, "]"
  w normalizedPath(p)
  w normalizePathEnd(p)
  w normalizePathEnd(p, true)
  w parentDir(p)
  w tailDir(p)
  w splitPath(p)
  w splitFile(p)
  w extractFilename(p)
  w lastPathPart(p)
  w isAbsolute(p)
  w isRootDir(p)
  w isHidden(p)
  w quoteShell(p)
  echo ""
  for q in ["", "/", "x", "/x", "../x", "./x", "x/", ".."]:
    w p / q
    w joinPath(p, q, "z")
    w p /../ q
    if isAbsolute(p) == isAbsolute(q):
      w relativePath(p, q)
      w isRelativeTo(p, q)
    w cmpPaths(p, q) == 0
    echo ""
  try:
    for d in parentDirs(p): stdout.write d, ","
    for d in parentDirs(p, fromRoot = true, inclusive = false): stdout.write d, ","
  except Exception as x: echo x.name
  echo ""
