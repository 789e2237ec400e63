#! (2, 1) Error: invalid indentation
#! (5, 5) Error: invalid indentation
#! (6, 8) Error: invalid indentation
#! (7, 13) Error: invalid indentation
#! (9, 1) Error: tabs are not allowed, use spaces instead
#! (11, 3) Error: invalid indentation
#! (14, 1) Error: invalid indentation
#! (15, 1) Error: invalid indentation
proc f() =
echo 1
proc g() =
  echo 1
    echo 2
  echo )
  let x = 5 let y = 6
  echo 3
	echo 4
echo 5
  echo 6
let a = 1
let b =
if x:
echo 7
