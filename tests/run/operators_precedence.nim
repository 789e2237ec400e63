discard """
  output: '''
7 9 26 5
true true false
5 8 4
1 6 6 -5
true true
7 5
true true
true
5 5 5
'''
"""
echo 1 + 2 * 3, " ", (1 + 2) * 3, " ", 2 * 3 + 4 * 5, " ", 10 - 3 - 2
echo 1 + 2 == 3 and 4 < 5, " ", not true or true, " ", not (true or true)
echo 1 shl 2 + 1, " ", 2 + 3 shl 1, " ", 7 and 3 + 1
echo -2 + 3, " ", -2 * -3, " ", 5 - -1, " ", 2 * -3 + 1
echo "a" & $1 & "b" == "a1b", " ", 1 .. 3 == 1 .. 3
echo 7 div 2 * 2 + 7 mod 2, " ", 100 div 10 div 2
echo true and false or true, " ", true xor true and false
echo 1 < 2 == true
let x = -5
echo abs x, " ", -x, " ", - x
